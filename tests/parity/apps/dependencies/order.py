"""In which order dependencies of application, router, inclusion, decorator and signature run."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException, Security
from fastapi_lite.security import SecurityScopes

log: list[str] = []


def noted(name: str, stop: bool = False):
    async def dependency():
        log.append(name)
        if stop:
            raise HTTPException(403, name)
        yield name
        log.append(f"-{name}")

    return dependency


def scoped(scopes: SecurityScopes):
    log.append(f"scoped {scopes.scope_str}")
    return scopes.scopes


shared = noted("shared")
app = FastAPI(dependencies=[Depends(noted("app")), Depends(shared)])
router = APIRouter(prefix="/router", dependencies=[Depends(noted("router"))])


def needs_shared(
    shared: Annotated[str, Depends(shared)],
    scopes: Annotated[list, Security(scoped, scopes=["inner"])],
):
    log.append("needs shared")
    return [shared, scopes]


@router.get("/", dependencies=[Depends(noted("decorator")), Security(scoped, scopes=["decorator"])])
async def endpoint(
    last: Annotated[str, Depends(noted("signature"))],
    below: Annotated[list, Security(needs_shared, scopes=["outer"])],
    again: Annotated[list, Security(scoped, scopes=["inner", "outer"])],
    fresh: Annotated[str, Depends(shared, use_cache=False)],
):
    log.append("endpoint")
    return [last, below, again, fresh]


@router.get(
    "/stopped",
    dependencies=[Depends(noted("one")), Depends(noted("two", stop=True)), Depends(noted("three"))],
)
async def stopped(must: int):
    log.append("never")


app.include_router(router, dependencies=[Depends(noted("inclusion"))])
bare = FastAPI()


@bare.get("/")
def said():
    found, log[:] = list(log), []
    return found


app.mount("/log", bare)
STATEFUL = True
REQUESTS = [
    {"url": "/router/"},
    {"url": "/log/"},
    {"url": "/router/stopped"},
    {"url": "/log/"},
    {"url": "/router/stopped?must=1"},
    {"url": "/log/"},
]
