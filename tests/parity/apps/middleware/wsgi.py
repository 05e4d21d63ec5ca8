"""An application of the older interface, mounted."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.wsgi import WSGIMiddleware

app = FastAPI()


def wsgi(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/fail":
        raise ValueError("fails")
    if path == "/twice":
        start_response("200 OK", [("X-A", "1"), ("X-A", "2"), ("Content-Type", "text/plain")])
        return [b"a", b"", b"b"]
    names = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE")
    names += ("CONTENT_LENGTH", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_X_OWN")
    said = "\n".join(f"{name}={environ.get(name)!r}" for name in names)
    body = said.encode() + b"\n" + environ["wsgi.input"].read()
    start_response("201 Created", [("Content-Type", "text/plain")])
    return [body]


app.mount("/wsgi", WSGIMiddleware(wsgi))


@app.get("/asgi")
def asgi():
    return "asgi"


REQUESTS = [
    {"url": "/asgi"},
    {"url": "/wsgi/x?a=1&b=%20"},
    {"url": "/wsgi/x", "root_path": "/root"},
    {"url": "/wsgi/%C3%A9"},
    {"url": "/wsgi/"},
    {"url": "/wsgi"},
    {"url": "/wsgi/twice"},
    {"method": "POST", "url": "/wsgi/x", "content": b"body", "headers": {"x-own": "1"}},
    {
        "method": "POST",
        "url": "/wsgi/x",
        "chunks": [b"a", b"b"],
        "raw_headers": [("x-own", "2"), ("x-own", "3")],
    },
    {"url": "/wsgi/fail"},
]
