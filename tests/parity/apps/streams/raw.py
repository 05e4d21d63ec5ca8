"""Chunks by `yield` for a streaming class of one's own, and streams that are returned."""

from collections.abc import AsyncIterable, Iterable

from fastapi_lite import FastAPI, Response
from fastapi_lite.background import BackgroundTask
from fastapi_lite.responses import StreamingResponse

app = FastAPI()
DONE: list[str] = []


class Png(StreamingResponse):
    media_type = "image/png"


@app.get("/bytes", response_class=Png)
def chunks(response: Response) -> Iterable[bytes]:
    response.headers["x-frames"] = "2"
    yield b"\x89PNG"
    yield b""
    yield b"..."


@app.get("/text", response_class=StreamingResponse)
async def text() -> AsyncIterable[str]:
    yield "é"
    yield "a"


@app.get("/memory", response_class=StreamingResponse, status_code=206)
def memory():
    yield memoryview(b"view")


@app.get("/wrong", response_class=StreamingResponse)
def wrong():
    yield "a"
    yield 1


@app.get("/returned")
def returned(n: int = 2):
    def parts():
        for i in range(n):
            yield f"{i}\n"
        DONE.append("read")

    task = BackgroundTask(DONE.append, "task")
    headers = {"x-a": "1", "content-length": "4"}
    return StreamingResponse(parts(), media_type="text/csv", headers=headers, background=task)


@app.get("/list", response_class=Png)
def returned_list():
    return StreamingResponse([b"a", "b"], status_code=203)


@app.get("/done")
def done():
    return DONE[-2:]


REQUESTS = [
    {"url": "/bytes"},
    {"url": "/text"},
    {"url": "/memory"},
    {"url": "/wrong"},
    {"url": "/returned"},
    {"url": "/done"},
    {"url": "/returned", "leaves": True},
    {"url": "/list"},
]
