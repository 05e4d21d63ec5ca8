"""Credentials that are none: each scheme with what clients and scanners send in their place."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.security import (
    HTTPBasic,
    HTTPBearer,
    HTTPDigest,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OpenIdConnect,
)

app = FastAPI()
password = OAuth2PasswordBearer("token")
code = OAuth2AuthorizationCodeBearer("authorize", "token")


@app.get("/password")
def by_password(token: Annotated[str, Depends(password)]):
    return token


@app.get("/code")
def by_code(token: Annotated[str, Depends(code)]):
    return token


@app.get("/openid")
def by_openid(token: Annotated[str, Depends(OpenIdConnect(openIdConnectUrl="u"))]):
    return token


@app.get("/basic")
def by_basic(who: Annotated[object, Depends(HTTPBasic())]):
    return who


@app.get("/bearer")
def by_bearer(who: Annotated[object, Depends(HTTPBearer())]):
    return who


@app.get("/digest")
def by_digest(who: Annotated[object, Depends(HTTPDigest())]):
    return who


VALUES = [
    "",
    ",",
    "Bearer",
    "Bearer ",
    "Bearerabc",
    "Bearer\tabc",
    "Bearer  abc  ",
    'Bearer "abc", Basic eDp5',
    "bEaReR abc",
    "Basic",
    "Basic eDp5Cg",
    "Basic eDp5==",
    "Basic Og==",
    "Basic eDp5OnoK",
    "Basic /w==",
    'Digest username="x", realm=""',
    "Negotiate abc",
    "Bearer " + "a" * 9000,
]
PATHS = ("/password", "/code", "/openid", "/basic", "/bearer", "/digest")
REQUESTS = [
    {"url": path, "headers": {"authorization": value}} for path in PATHS for value in VALUES
]
