from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Host, Mount, Route, Router


async def tenant(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"shop of {request.path_params['name']}")


@asynccontextmanager
async def open_reports(app: Starlette) -> AsyncGenerator[dict[str, str]]:
    yield {"reports": "open"}


async def show_reports(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"reports are {request.state.reports}")


reports = Starlette(routes=[Route("/", show_reports)], lifespan=open_reports)

app = Starlette(
    routes=[
        Host("{name}.example.org", Router([Route("/", tenant)])),
        Mount("/reports", reports),
    ],
    mount_lifespans=True,
)
