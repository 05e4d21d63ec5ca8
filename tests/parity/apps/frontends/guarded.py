"""Front ends behind dependencies: of the application, of routers, of inclusions; with clean-up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    Header,
    HTTPException,
    Request,
    Response,
)

SITE = Path(__file__).parent / "site"
LOG: list[str] = []


def session(request: Request) -> Iterator[None]:
    LOG.append("open")
    try:
        yield
    except Exception as error:
        LOG.append(type(error).__name__)
        raise
    finally:
        LOG.append("close")


def mark(response: Response, tasks: BackgroundTasks, times: int = 1) -> None:
    response.headers["x-times"] = str(times)
    response.set_cookie("seen", "yes")
    response.status_code = 299
    tasks.add_task(LOG.append, "task")


def check(token: Annotated[str | None, Header()] = None) -> None:
    if token != "right":
        raise HTTPException(401, "no", {"WWW-Authenticate": "Bearer"})


app = FastAPI(dependencies=[Depends(session), Depends(mark)])
app.frontend("/", directory=SITE)

inner = APIRouter(dependencies=[Depends(check)])
inner.frontend("/inner", directory=SITE, fallback="index.html")
app.include_router(inner)

included = APIRouter()
included.frontend("/", directory=SITE, fallback=None)
app.include_router(included, prefix="/included", dependencies=[Depends(check)])

overridden = APIRouter(dependencies=[Depends(lambda: None)])


def refuse() -> None:
    raise HTTPException(418)


overridden.frontend("/", directory=SITE)
app.include_router(overridden, prefix="/overridden", dependencies=[Depends(refuse)])
app.dependency_overrides[refuse] = lambda: None


@app.get("/log")
def read_log() -> list[str]:
    entries = [*LOG]
    LOG.clear()
    return entries


PAGE, RIGHT = {"Accept": "text/html"}, {"Accept": "text/html", "token": "right"}
STATEFUL = True
REQUESTS = [
    request
    for path in (
        *("/style.css", "/missing", "/style.css?times=3", "/style.css?times=x", "/style.css/"),
        *("/inner/style.css", "/inner/missing", "/included/style.css", "/included/missing"),
        *("/overridden/style.css", "/inner", "/included"),
    )
    for headers in (PAGE, RIGHT, {"token": "wrong"})
    for request in ({"url": path, "headers": headers}, {"url": "/log"})
]
