import time
from collections.abc import Awaitable, Callable

from fastapi_lite import FastAPI, Request, Response

app = FastAPI()


@app.middleware("http")
async def add_time(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    start = time.perf_counter()
    response = await call_next(request)
    response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - start) * 1000:.1f}"
    return response


@app.get("/")
async def home() -> dict[str, str]:
    return {"hello": "world"}
