"""Scopes from everywhere: application, router, inclusion, decorator, chain; and what is cached by them."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, Security
from fastapi_lite.security import HTTPBearer, OAuth2PasswordBearer, SecurityScopes

scheme = OAuth2PasswordBearer("token", scopes={"a": "A", "b": "B", "c": ""}, scheme_name="Shop")
calls: list[str] = []


async def seen(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> str:
    calls.append(scopes.scope_str)
    return f"{token}: {scopes.scope_str}"


def middle(
    first: Annotated[str, Security(seen, scopes=["a"])],
    second: Annotated[str, Security(seen, scopes=["b", "a"])],
    third: Annotated[str, Security(seen, scopes=["a"])],
    again: Annotated[str, Security(seen, scopes=["a"], use_cache=False)],
):
    return [first, second, third, again]


app = FastAPI(dependencies=[Security(seen, scopes=["app"])])
router = APIRouter(prefix="/r", dependencies=[Security(seen, scopes=["router"])])


def answered(value: object):
    found, calls[:] = list(calls), []
    return {"value": value, "calls": found}


@router.get("/deep", dependencies=[Security(seen, scopes=["decorator"])])
def deep(got: Annotated[list[str], Security(middle, scopes=["c", "a"])]):
    return answered(got)


@router.get("/other", dependencies=[Depends(HTTPBearer(scheme_name="Other"))])
def other():
    return answered(None)


@app.get("/direct")
def direct(token: Annotated[str, Security(scheme, scopes=["a"])], scopes: SecurityScopes):
    return answered([token, scopes.scopes])


@app.get("/string")
def string(token: Annotated[str, Security(seen, scopes=())]):
    return answered(token)


app.include_router(router, dependencies=[Security(seen, scopes=["included"])])
app.include_router(router, prefix="/twice")
STATEFUL = True
REQUESTS = [
    {"url": path, "headers": headers}
    for path in ("/r/deep", "/twice/r/deep", "/r/other", "/direct", "/string", "/r/none")
    for headers in ({"authorization": "Bearer t"}, {"authorization": "Basic eDp5"}, {})
]
