"""URLs taken apart and put together."""

from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import URL, URLPath
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


def show(request):
    url = URL(request.query_params["url"])
    changed = {
        "replace": url.replace(scheme="https", path="/new"),
        "host": url.replace(hostname="other.example"),
        "port": url.replace(port=81),
        "no_port": url.replace(port=None),
        "user": url.replace(username="u", password="p"),
        "include": url.include_query_params(a=1, b="x y"),
        "replaced": url.replace_query_params(order="name"),
        "removed": url.remove_query_params(["a", "b"]),
    }
    parts = [
        url.scheme,
        url.netloc,
        url.hostname,
        url.port,
        url.username,
        url.password,
        url.path,
        url.query,
        url.fragment,
    ]
    return JSONResponse(
        {
            "parts": parts,
            "repr": repr(url),
            "equal": url == str(url),
            **{name: str(value) for name, value in changed.items()},
            "absolute": str(
                URLPath("/x", protocol="http", host="h.example").make_absolute_url(url)
            ),
            "socket": str(URLPath("/x", protocol="websocket").make_absolute_url(url)),
        }
    )


app = Starlette(routes=[Route("/", show)])
REQUESTS = [
    {"url": f"/?url={url}"}
    for url in (
        "http://example.org/a/b?a=1%26b=2%23frag",
        "https://u:p@example.org:8443/a",
        "https://u@[::1]:80/a",
        "http://[::1]/",
        "http://example.org",
        "/only/path?x=y",
        "ws://example.org:80/x",
        "http://ex%20ample.org/a%20b",
    )
]
