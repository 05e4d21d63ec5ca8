"""Response classes, as defaults, per operation and returned; headers, cookies, background tasks."""

from datetime import UTC, datetime

from fastapi_lite import APIRouter, BackgroundTasks, FastAPI, Response
from fastapi_lite.background import BackgroundTask
from fastapi_lite.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)

app = FastAPI(default_response_class=PlainTextResponse)
html = APIRouter(prefix="/html", default_response_class=HTMLResponse)
done: list[str] = []


class Wrapped(JSONResponse):
    media_type = "application/vnd.wrapped+json"

    def render(self, content):
        return b'{"wrapped":' + super().render(content) + b"}"


@app.get("/text")
def text():
    return "text"


@html.get("/")
def html_():
    return "<b>html</b>"


@html.get("/json", response_class=JSONResponse)
def json():
    return {"a": 1}


@app.get("/wrapped", response_class=Wrapped)
def wrapped():
    return {"a": "é", "b": [1.5, None]}


@app.get("/redirect", response_class=RedirectResponse, status_code=302)
def redirect():
    return "https://example.com/a b?c=é"


@app.get("/returned", response_class=HTMLResponse)
def returned():
    return JSONResponse({"not": "html"}, 202, {"X-Own": "1"}, "application/x+json")


@app.get("/cookies")
def cookies(response: Response):
    response.set_cookie(
        "a", "b c", max_age=3, path="/x", domain="a.b", secure=True, httponly=True, samesite="none"
    )
    response.set_cookie("d", expires=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), samesite=None)
    response.set_cookie("e", '";,é\\'.encode("latin-1").decode("latin-1"))
    return "cookies"


@app.get("/background")
def background(tasks: BackgroundTasks):
    tasks.add_task(done.append, "injected")
    return PlainTextResponse("own", background=BackgroundTask(done.append, "own"))


@app.get("/done")
def all_done():
    return ",".join(done)


@app.get("/stream")
def stream():
    return StreamingResponse(
        (f"{n}\n" for n in range(3)), media_type="text/csv", headers={"X-A": "1"}
    )


@app.get("/bytes", response_class=Response)
def bytes_():
    return b"\x00\x01"


@app.get("/unserialisable", response_class=JSONResponse)
def unserialisable():
    return {"x": object()}


@app.get("/not-text")
def not_text():
    return {"a": 1}


app.include_router(html)
STATEFUL = True
PATHS = "text html/ html/json wrapped redirect returned cookies background done stream bytes unserialisable not-text"
REQUESTS = [{"url": f"/{path}"} for path in PATHS.split()] + [{"method": "HEAD", "url": "/text"}]
