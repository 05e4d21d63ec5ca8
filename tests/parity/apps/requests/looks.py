"""What a request tells of itself: URLs, headers, queries, cookies, clients, states, mappings."""

from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


async def look(request: Request):
    url = request.url
    return JSONResponse(
        {
            "method": request.method,
            "url": str(url),
            "parts": [
                url.scheme,
                url.netloc,
                url.hostname,
                url.port,
                url.path,
                url.query,
                url.is_secure,
            ],
            "base": str(request.base_url),
            "changed": [
                str(url.include_query_params(a=1)),
                str(url.remove_query_params("a")),
                str(url.replace(port=99, scheme="ws")),
            ],
            "query": request.query_params.multi_items(),
            "text": str(request.query_params),
            "headers": [
                request.headers.get("X-A"),
                request.headers.getlist("x-a"),
                "x-b" in request.headers,
            ],
            "cookies": request.cookies,
            "client": [request.client.host, request.client.port],
            "mapping": [request["type"], len(request) == len(request.scope), "path" in request],
            "same": request == Request(request.scope),
        }
    )


async def body(request: Request):
    first = await request.body()
    again = await request.body()
    kind = request.headers.get("content-type", "")
    parsed = await request.json() if "json" in kind else None
    form = sorted((await request.form()).multi_items()) if "form" in kind else None
    return JSONResponse([len(first), first == again, parsed, form])


async def stream(request: Request):
    sizes = [len(chunk) async for chunk in request.stream()]
    return JSONResponse(sizes)


async def twice(request: Request):
    async for _ in request.stream():
        pass
    return JSONResponse(len(await request.body()))


async def left(request: Request):
    await request.body()
    return JSONResponse(await request.is_disconnected())


async def state(request: Request):
    request.state.a = 1
    request.state["b"] = 2
    del request.state.a
    return JSONResponse([hasattr(request.state, "a"), request.state.b, "b" in request.state])


app = Starlette(
    routes=[
        Route("/look", look, methods=["GET", "POST"]),
        Route("/body", body, methods=["POST"]),
        Route("/stream", stream, methods=["POST"]),
        Route("/twice", twice, methods=["POST"]),
        Route("/left", left, methods=["POST"]),
        Route("/state", state),
    ]
)
JSON = {"content-type": "application/json"}
REQUESTS = [
    {"url": "/look?a=1&a=2&b=&c&d=%C3%A9+x"},
    {
        "url": "/look",
        "headers": {"host": "Example.COM:8443", "x-a": "1"},
        "scheme": "https",
        "cookies": {"c": "d"},
    },
    {"url": "/look", "headers": {"host": "[::1]:8000"}},
    {"url": "/look", "headers": {"host": "bad host/../x"}},
    {"url": "/look", "raw_headers": [("x-a", "1"), ("x-a", "2"), ("X-B", "3")]},
    {"url": "/look", "root_path": "/root"},
    {"url": "/look%2Fno"},
    {"method": "POST", "url": "/body", "json": {"a": [1]}},
    {"method": "POST", "url": "/body", "content": b"{", "headers": JSON},
    {"method": "POST", "url": "/body", "data": {"a": ["1", "2"], "b": ""}},
    {"method": "POST", "url": "/body", "chunks": [b"a", b"", b"bc"]},
    {"method": "POST", "url": "/stream", "chunks": [b"a", b"", b"bc"]},
    {"method": "POST", "url": "/twice", "content": b"abc"},
    {"method": "POST", "url": "/left", "content": b"abc"},
    {"method": "POST", "url": "/left", "content": b"abc", "leaves": True},
    {"url": "/state"},
]
