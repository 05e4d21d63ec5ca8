"""OAuth2 with the password flow, scopes along the chain, and a form that asks for a token."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException, Security, status
from fastapi_lite.security import (
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    OpenIdConnect,
    SecurityScopes,
)

app = FastAPI()
scheme = OAuth2PasswordBearer(
    tokenUrl="token",
    scopes={"me": "Read who you are", "items": "Read items"},
    description="Log in",
    refreshUrl="refresh",
)
code = OAuth2AuthorizationCodeBearer(
    authorizationUrl="authorize",
    tokenUrl="token",
    refreshUrl="refresh",
    scopes={"all": "All"},
    auto_error=False,
)
raw = OAuth2(
    flows={"clientCredentials": {"tokenUrl": "token", "scopes": {"x": "X"}}}, auto_error=True
)
openid = OpenIdConnect(openIdConnectUrl="/.well-known", description="OpenID")


class User(BaseModel):
    name: str
    scopes: list[str]


async def current_user(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> User:
    held = token.split(",")
    for scope in scopes.scopes:
        if scope not in held:
            raise HTTPException(
                status.HTTP_401_UNAUTHORIZED,
                "Not enough permissions",
                headers={"WWW-Authenticate": f'Bearer scope="{scopes.scope_str}"'},
            )
    return User(name="john", scopes=scopes.scopes)


async def active_user(user: Annotated[User, Security(current_user, scopes=["me"])]) -> User:
    return user


@app.post("/token")
async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]):
    return {
        "access_token": ",".join(form.scopes),
        "user": form.username,
        "client": form.client_id,
        "grant": form.grant_type,
    }


@app.post("/strict")
async def strict(form: Annotated[OAuth2PasswordRequestFormStrict, Depends()]):
    return vars(form)


@app.get("/me")
async def me(user: Annotated[User, Depends(active_user)]):
    return user


router = APIRouter(prefix="/router", dependencies=[Security(current_user, scopes=["router"])])


@router.get("/items")
async def items(user: Annotated[User, Security(active_user, scopes=["items"])]):
    return user


@app.get("/status")
async def status_(user: Annotated[User, Depends(current_user)]):
    return user


@app.get("/code")
async def by_code(token: Annotated[str | None, Security(code, scopes=["all"])]):
    return token


@app.get("/raw")
async def by_raw(token: Annotated[str, Depends(raw)]):
    return token


@app.get("/openid")
async def by_openid(token: Annotated[str, Security(openid, scopes=["openid"])]):
    return token


app.include_router(router)
PATHS = ["/me", "/router/items", "/status", "/code", "/raw", "/openid"]
REQUESTS = [
    *[{"url": path} for path in PATHS],
    *[
        {"url": path, "headers": {"Authorization": f"Bearer {scopes}"}}
        for path in PATHS
        for scopes in ("me", "me,items", "me,items,router")
    ],
    {"url": "/me", "headers": {"Authorization": "Basic me"}},
    {"url": "/raw", "headers": {"Authorization": "anything at all"}},
    {
        "method": "POST",
        "url": "/token",
        "data": {"username": "a", "password": "b", "scope": "me  items"},
    },
    {
        "method": "POST",
        "url": "/token",
        "data": {"username": "a", "password": "b", "grant_type": "password", "client_id": "c"},
    },
    {
        "method": "POST",
        "url": "/token",
        "data": {"username": "a", "password": "b", "grant_type": "other"},
    },
    {"method": "POST", "url": "/token", "data": {"username": "a"}},
    {"method": "POST", "url": "/strict", "data": {"username": "a", "password": "b"}},
    {
        "method": "POST",
        "url": "/strict",
        "data": {"username": "a", "password": "b", "grant_type": "password"},
    },
]
