from collections.abc import Callable, Coroutine
from typing import Any

from fastapi_lite import APIRouter, FastAPI, Request, Response
from fastapi_lite.routing import APIRoute


class NamingRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def name_it(request: Request) -> Response:
            response = await handle(request)
            response.headers["X-Route"] = self.path_format
            return response

        return name_it


app = FastAPI()
router = APIRouter(route_class=NamingRoute)


@router.get("/named/{n}")
async def named(n: int) -> int:
    return n


@app.get("/plain")
async def plain() -> str:
    return "plain"


app.include_router(router)
