"""Security schemes, with and without scopes."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, Security
from fastapi_lite.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPBasic,
    HTTPBearer,
    HTTPDigest,
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    OpenIdConnect,
    SecurityScopes,
)
from fastapi_lite.security.http import HTTPBase

app = FastAPI()
password = OAuth2PasswordBearer(
    "token", scopes={"me": "You", "items": "Things"}, description="log in"
)
code = OAuth2AuthorizationCodeBearer("auth", "token", refreshUrl="refresh", scheme_name="code")
flows = OAuth2(
    flows={
        "implicit": {"authorizationUrl": "a", "scopes": {}},
        "clientCredentials": {"tokenUrl": "t"},
    }
)
key = APIKeyHeader(name="X-Key")


@app.get("/query", dependencies=[Depends(APIKeyQuery(name="q", description="a key"))])
def query(): ...


@app.get("/header", dependencies=[Security(key)])
def header(): ...


@app.get("/cookie")
def cookie(c: Annotated[str, Depends(APIKeyCookie(name="c", auto_error=False))]): ...


@app.get("/basic")
def basic(c: Annotated[object, Depends(HTTPBasic(realm="r"))]): ...


@app.get("/bearer")
def bearer(c: Annotated[object, Depends(HTTPBearer(bearerFormat="JWT"))]): ...


@app.get("/digest")
def digest(c: Annotated[object, Depends(HTTPDigest(scheme_name="My digest"))]): ...


@app.get("/base")
def base(c: Annotated[object, Depends(HTTPBase(scheme="Negotiate"))]): ...


@app.get("/flows")
def with_flows(c: Annotated[object, Depends(flows)]): ...


@app.get("/code")
def with_code(c: Annotated[object, Depends(code)]): ...


@app.get("/oidc")
def oidc(c: Annotated[object, Depends(OpenIdConnect(openIdConnectUrl="/.well-known"))]): ...


def user(scopes: SecurityScopes, token: Annotated[str, Depends(password)]):
    return token


def active(user: Annotated[str, Security(user, scopes=["me"])]):
    return user


@app.get("/me")
def me(user: Annotated[str, Depends(active)]): ...


@app.get("/items")
def items(user: Annotated[str, Security(active, scopes=["items"])]): ...


@app.get("/status")
def status(user: Annotated[str, Depends(user)]): ...


@app.get("/both")
def both(a: Annotated[str, Depends(password)], b: Annotated[str, Depends(key)]): ...


@app.get("/twice")
def twice(a: Annotated[str, Depends(key)], b: Annotated[str, Depends(key)]): ...


@app.get("/scoped-twice", dependencies=[Security(password, scopes=["items", "me"])])
def scoped_twice(
    a: Annotated[str, Security(password, scopes=["me"])], b: Annotated[str, Depends(user)]
): ...


@app.get("/direct")
def direct(a: Annotated[str, Security(password, scopes=["me"])]): ...


@app.get("/deep")
def deep(
    a: Annotated[str, Security(active, scopes=["items", "me"])],
    b: Annotated[str, Security(user, scopes=["x"])],
): ...


@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]): ...


@app.post("/strict-token")
def strict_token(form: Annotated[OAuth2PasswordRequestFormStrict, Depends()]): ...
