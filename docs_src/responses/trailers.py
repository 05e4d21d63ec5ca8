import base64
import hashlib
from collections.abc import AsyncIterator

from fastapi_lite import FastAPI
from fastapi_lite.responses import StreamingResponse

app = FastAPI()


@app.get("/book")
async def book() -> StreamingResponse:
    digest = hashlib.sha256()

    async def chapters() -> AsyncIterator[bytes]:
        for chapter in (b"It was the best of times, ", b"it was the worst of times."):
            digest.update(chapter)
            yield chapter

    def trailers() -> dict[str, str]:
        encoded = base64.b64encode(digest.digest()).decode()
        return {"Content-Digest": f"sha-256=:{encoded}:"}  # RFC 9530

    return StreamingResponse(chapters(), trailers=trailers)
