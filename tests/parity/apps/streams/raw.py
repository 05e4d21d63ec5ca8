"""Raw chunks by yield, with a class for them; streams that are returned."""

from collections.abc import AsyncIterable, Iterable

from fastapi_lite import FastAPI
from fastapi_lite.responses import StreamingResponse

app = FastAPI()


class Png(StreamingResponse):
    media_type = "image/png"


@app.get("/yielded", response_class=Png)
def yielded() -> Iterable[bytes]:
    yield b"\x89PNG"
    yield b"more"


@app.get("/text", response_class=StreamingResponse)
async def text() -> AsyncIterable[str]:
    yield "é"
    yield "x"


@app.get("/returned")
def returned():
    return Png(iter([b"a", b"b"]), status_code=201, headers={"x-a": "1"})


@app.get("/breaks")
def breaks():
    def chunks():
        yield b"a"
        raise ValueError("in the midst")

    return StreamingResponse(chunks())


REQUESTS = [{"url": f"/{name}"} for name in ("yielded", "text", "returned", "breaks")]
