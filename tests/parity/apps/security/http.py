"""Basic, Bearer and Digest credentials, good, broken and missing."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.security import (
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    HTTPDigest,
)
from fastapi_lite.security.http import HTTPBase

app = FastAPI()


@app.get("/basic")
def basic(who: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]):
    return who


@app.get("/realm")
def realm(who: Annotated[HTTPBasicCredentials, Depends(HTTPBasic(realm="simple"))]):
    return who


@app.get("/maybe")
def maybe(who: Annotated[HTTPBasicCredentials | None, Depends(HTTPBasic(auto_error=False))]):
    return who


@app.get("/bearer")
def bearer(token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer(bearerFormat="JWT"))]):
    return token


@app.get("/digest")
def digest(token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPDigest())]):
    return token


@app.get("/other")
def other(
    token: Annotated[
        HTTPAuthorizationCredentials, Depends(HTTPBase(scheme="Other", description="Another"))
    ],
):
    return token


VALUES = [
    "Basic am9objpzZWNyZXQ=",
    "basic am9objpzZWNyZXQ=",
    "Basic am9obg==",
    "Basic ###",
    "Basic w6k6w6k=",
    "Basic  am9objpzZWNyZXQ=",
    "Bearer abc",
    "bearer abc def",
    "BEARER\tabc",
    "Digest username=x",
    "Other x",
    "Token x",
    "x",
]
PATHS = ("/basic", "/realm", "/maybe", "/bearer", "/digest", "/other")
REQUESTS = [{"url": path} for path in PATHS] + [
    {"url": path, "headers": {"authorization": value}} for path in PATHS for value in VALUES
]
