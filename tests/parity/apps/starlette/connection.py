"""All that a request says of itself."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


def show(request):
    url = request.url
    return JSONResponse(
        {
            "method": request.method,
            "url": [
                str(url),
                url.scheme,
                url.hostname,
                url.port,
                url.path,
                url.query,
                url.fragment,
                url.is_secure,
            ],
            "base": str(request.base_url),
            "query": [
                request.query_params.multi_items(),
                str(request.query_params),
                dict(request.query_params),
            ],
            "headers": [
                request.headers.items(),
                request.headers.getlist("x-a"),
                "X-A" in request.headers,
            ],
            "cookies": request.cookies,
            "client": [*request.client],
            "keys": sorted(set(request) & {"type", "path", "method"}),
            "len": request["path"],
        }
    )


app = Starlette(routes=[Route("/{rest:path}", show, methods=["GET", "POST"])])
REQUESTS = [
    {"url": "/a/b?x=1&x=2&y=&z&%C3%A9=%20+"},
    {"url": "/", "raw_headers": [(b"x-a", b"1"), (b"X-A", b"2"), (b"x-b", b"\xe9")]},
    {"url": "/", "headers": {"Host": "a.example:8080"}, "scheme": "https"},
    {"url": "/", "headers": {"Host": "[::1]:8000"}},
    {"url": "/", "headers": {"Host": "a b"}},
    {"url": "/", "headers": {"Host": ""}},
    {"url": "/", "headers": {"Cookie": 'a=b; c="d e"; f; =g; h=i=j; a=k'}},
    {"url": "/%E2%82%AC/a%2Fb", "root_path": "/root"},
    {"method": "POST", "url": "/?a=b;c=d&e=f%26g"},
]
