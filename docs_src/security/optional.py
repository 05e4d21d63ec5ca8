from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.security import HTTPAuthorizationCredentials, HTTPBearer

app = FastAPI()
maybe_bearer = HTTPBearer(auto_error=False)


@app.get("/")
def greet(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(maybe_bearer)],
) -> dict[str, str]:
    return {"hello": "reader" if credentials else "stranger"}
