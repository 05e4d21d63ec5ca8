"""What may not be changed once an application has been called."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.responses import PlainTextResponse

app = FastAPI()


@app.post("/add")
def add():
    try:
        app.add_middleware(GZipMiddleware)
    except RuntimeError as error:
        return str(error)


@app.post("/decorate")
def decorate():
    try:
        app.middleware("http")(add)
    except RuntimeError as error:
        return str(error)


@app.post("/handler")
def handler():
    app.add_exception_handler(KeyError, lambda request, error: PlainTextResponse("key"))
    return sorted(str(getattr(one, "__name__", one)) for one in app.exception_handlers)


REQUESTS = [
    {"method": "POST", "url": "/add"},
    {"method": "POST", "url": "/decorate"},
    {"method": "POST", "url": "/handler"},
]
