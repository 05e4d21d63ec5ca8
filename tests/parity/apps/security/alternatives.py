"""Schemes side by side: of one name, on hidden operations, in WebSockets, one of which is enough."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException, Security
from fastapi_lite.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBasic, HTTPBearer

app = FastAPI()
one = HTTPBearer(scheme_name="Same", description="The first")
two = HTTPBearer(scheme_name="Same", description="The second")
hidden = HTTPBasic(scheme_name="Hidden")


class Keys:
    """A scheme inside a class that is called."""

    key = APIKeyHeader(name="X-Key", auto_error=True)

    def __call__(self, key: str = Security(key)) -> str:
        if key != "good":
            raise HTTPException(403, "Bad key", headers={"WWW-Authenticate": "APIKey"})
        return key


@app.get("/one")
def by_one(who: Annotated[HTTPAuthorizationCredentials, Depends(one)]):
    return who.model_dump()


@app.get("/two")
def by_two(who: HTTPAuthorizationCredentials = Depends(two)) -> list[str]:
    return [who.scheme, who.credentials]


@app.get("/hidden", include_in_schema=False, dependencies=[Depends(hidden)])
def by_hidden():
    return "hidden"


@app.get("/keys", dependencies=[Depends(Keys())], tags=["keys"])
@app.delete("/keys")
def by_keys(key: Annotated[str, Depends(Keys())]):
    return key


REQUESTS = [
    {"method": method, "url": path, "headers": headers}
    for method, path in (
        ("GET", "/one"),
        ("GET", "/two"),
        ("GET", "/hidden"),
        ("GET", "/keys"),
        ("DELETE", "/keys"),
    )
    for headers in (
        {},
        {"authorization": "Bearer x"},
        {"authorization": "Basic eDp5"},
        {"x-key": "good"},
        {"x-key": "bad"},
    )
]
