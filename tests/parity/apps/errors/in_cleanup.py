"""Exceptions that dependencies see, turn into others, swallow, or make themselves."""

from fastapi_lite import Depends, FastAPI, HTTPException, Request
from fastapi_lite.responses import PlainTextResponse

app = FastAPI()
SEEN: list[str] = []


class Lost(Exception):
    pass


@app.exception_handler(Lost)
async def lost(request: Request, error: Lost) -> PlainTextResponse:
    return PlainTextResponse("lost", 410)


def converting():
    try:
        yield "converting"
    except ValueError as error:
        raise HTTPException(400, f"converted {error}") from error


def custom():
    try:
        yield "custom"
    except ValueError:
        raise Lost from None


async def swallowing():
    try:
        yield "swallowing"
    except ValueError:
        SEEN.append("swallowed")


async def raising():
    yield "raising"
    raise Lost


async def failing_first():
    raise HTTPException(401, "before")
    yield


def noting():
    try:
        yield
    except BaseException as error:
        SEEN.append(type(error).__name__)
        raise


KINDS = {one.__name__: one for one in (converting, custom, swallowing, raising, failing_first)}
for name, one in KINDS.items():

    @app.get(f"/{name}/{{fails}}", dependencies=[Depends(noting)], name=name)
    def endpoint(fails: str, resource: str = Depends(one)):
        if fails == "value":
            raise ValueError("value")
        if fails == "http":
            raise HTTPException(404, "http")
        return resource


@app.get("/seen")
def seen():
    return SEEN[-4:]


REQUESTS = [
    *({"url": f"/{name}/{fails}"} for name in KINDS for fails in ("no", "value", "http")),
    {"url": "/seen"},
]
