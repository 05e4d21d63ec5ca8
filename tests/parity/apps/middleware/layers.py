"""The order of the layers, for what is answered, refused and failing."""

from fastapi_lite import Depends, FastAPI, HTTPException, Request
from fastapi_lite.middleware import Middleware
from fastapi_lite.responses import PlainTextResponse

SEEN: list[str] = []


class Noting:
    def __init__(self, app, name: str, *, also: str = ""):
        self.app, self.name = app, name + also

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        SEEN.append(f"{self.name} in")

        async def noting(message):
            if message["type"] == "http.response.start":
                SEEN.append(f"{self.name} starts")
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            SEEN.append(f"{self.name} {type(error).__name__}")
            raise
        SEEN.append(f"{self.name} out")


def function_middleware(app, name: str):
    return Noting(app, name)


app = FastAPI(
    middleware=[
        Middleware(Noting, "first", also="!"),
        Middleware(function_middleware, name="second"),
    ]
)
app.add_middleware(Noting, name="added")


@app.middleware("http")
async def decorated(request: Request, call_next):
    SEEN.append("decorated in")
    response = await call_next(request)
    SEEN.append(f"decorated {response.status_code}")
    return response


def dependency():
    SEEN.append("dependency")
    yield
    SEEN.append("dependency closed")


@app.exception_handler(KeyError)
def key(request: Request, error: KeyError):
    SEEN.append("handler")
    return PlainTextResponse("key", 400)


@app.exception_handler(Exception)
def server_error(request: Request, error: Exception):
    SEEN.append("server handler")
    return PlainTextResponse("failed", 500)


@app.get("/{what}", dependencies=[Depends(dependency)])
async def endpoint(what: str):
    SEEN.append("endpoint")
    if what == "key":
        raise KeyError
    if what == "http":
        raise HTTPException(404)
    if what == "value":
        raise ValueError
    return what


@app.post("/seen")
def seen():
    said = [one for one in SEEN]
    SEEN.clear()
    return said


REQUESTS = []
for path in ("good", "key", "http", "value", "a/b"):
    REQUESTS += [{"url": f"/{path}"}, {"method": "POST", "url": "/seen"}]
