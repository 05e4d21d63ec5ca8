import time
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi_lite import APIRouter, FastAPI, Request, Response
from fastapi_lite.routing import APIRoute


class TimedRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def timed(request: Request) -> Response:
            start = time.perf_counter()
            response = await handle(request)
            response.headers["Server-Timing"] = (
                f"app;dur={1000 * (time.perf_counter() - start):.1f}"
            )
            return response

        return timed


app = FastAPI()
router = APIRouter(route_class=TimedRoute)


@router.get("/timed")
async def timed() -> str:
    return "timed"


@app.get("/plain")
async def plain() -> str:
    return "plain"


app.include_router(router)
