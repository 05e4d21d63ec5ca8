"""Bodies read as bytes, JSON, chunks, forms; twice, and in the wrong order."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


async def twice(request):
    return JSONResponse(
        [(await request.body()).decode("latin-1"), (await request.body()).decode("latin-1")]
    )


async def json(request):
    return JSONResponse([await request.json(), await request.json()])


async def stream(request):
    return JSONResponse([chunk.decode("latin-1") async for chunk in request.stream()])


async def body_then_stream(request):
    await request.body()
    return JSONResponse([chunk.decode() async for chunk in request.stream()])


async def stream_then_body(request):
    async for _ in request.stream():
        pass
    return JSONResponse((await request.body()).decode())


async def form(request):
    async with request.form() as form:
        return JSONResponse(
            [
                [
                    name,
                    value
                    if isinstance(value, str)
                    else [
                        value.filename,
                        value.content_type,
                        value.size,
                        dict(value.headers),
                        (await value.read()).decode("latin-1"),
                    ],
                ]
                for name, value in form.multi_items()
            ]
        )


async def form_then_body(request):
    await request.form()
    return JSONResponse((await request.body()).decode())


async def body_then_form(request):
    await request.body()
    return JSONResponse(dict(await request.form()))


async def few(request):
    form = await request.form(max_files=1, max_fields=2, max_part_size=10)
    return JSONResponse(len(form.multi_items()))


ALL = (
    twice,
    json,
    stream,
    body_then_stream,
    stream_then_body,
    form,
    form_then_body,
    body_then_form,
    few,
)
app = Starlette(routes=[Route(f"/{one.__name__}", one, methods=["POST"]) for one in ALL])


def post(path: str, **more) -> dict:
    return {"method": "POST", "url": path, **more}


REQUESTS = [
    post("/twice", content=b"a\xff"),
    post("/json", json={"a": [1]}),
    post("/json", content=b"{"),
    post("/json", content=b""),
    post("/json", content=b"NaN"),
    post("/stream", chunks=[b"a", b"", b"b"]),
    post("/body_then_stream", content=b"abc"),
    post("/stream_then_body", content=b"abc"),
    post("/form", data={"a": ["1", "2"], "b": "é&="}),
    post(
        "/form",
        data={"a": "1"},
        files=[("f", ("n.txt", b"x", "text/plain")), ("f", ("é.bin", b"\xff"))],
    ),
    post("/form", content=b"a=1"),
    post(
        "/form",
        content=b"a=1&a=%FF&&b",
        headers={"content-type": "application/x-www-form-urlencoded; charset=latin-1"},
    ),
    post("/form", content=b"--x", headers={"content-type": "multipart/form-data"}),
    post("/form_then_body", data={"a": "1"}),
    post("/body_then_form", data={"a": "1"}),
    post("/few", data={"a": "1", "b": "2", "c": "3"}),
    post("/few", files={"a": ("x", b"y" * 20)}),
    post("/few", files=[("a", ("x", b"y")), ("b", ("x", b"y"))]),
    post("/few", data={"a": "y" * 20}, files={"f": ("x", b"")}),
]
