"""The applications without types: one source, for Starlette and for fastapi_lite."""

from collections.abc import AsyncIterator, Callable
from importlib import import_module
from typing import Any

from benchmarks.domain import CHUNK, CHUNKS, HELLO, MESSAGE, RESOURCES, ROUTERS, site
from benchmarks.exchanges import Application, Message


def applications(package: str) -> dict[str, Callable[[], Any]]:
    """What makes the application of each workload, with the `package` imported."""
    Starlette = import_module(f"{package}.applications").Starlette  # noqa: N806 - a class
    Route = import_module(f"{package}.routing").Route  # noqa: N806
    responses = import_module(f"{package}.responses")

    def text() -> Any:
        async def read(request: Any) -> Any:
            return responses.PlainTextResponse(HELLO)

        return Starlette(routes=[Route("/", read)])

    def json() -> Any:
        async def read(request: Any) -> Any:
            return responses.JSONResponse(MESSAGE)

        return Starlette(routes=[Route("/", read)])

    def sync() -> Any:
        def read(request: Any) -> Any:
            return responses.JSONResponse(MESSAGE)

        return Starlette(routes=[Route("/", read)])

    def routes() -> Any:
        async def read(request: Any) -> Any:
            return responses.JSONResponse({"thing_id": request.path_params["thing_id"]})

        return Starlette(
            routes=[
                Route(f"/section{number}/things{resource}{rest}", read, methods=[method])
                for number in range(ROUTERS)
                for resource in range(RESOURCES)
                for method, rest in [
                    ("POST", ""),
                    ("GET", ""),
                    ("DELETE", "/{thing_id:int}"),
                    ("GET", "/{thing_id:int}"),
                ]
            ]
        )

    def form() -> Any:
        async def read(request: Any) -> Any:
            async with request.form() as sent:
                return responses.JSONResponse(dict(sent))

        return Starlette(routes=[Route("/", read, methods=["POST"])])

    def upload() -> Any:
        async def read(request: Any) -> Any:
            async with request.form() as sent:
                content = await sent["file"].read()
                found = {"name": sent["file"].filename, "size": len(content)}
                return responses.JSONResponse(found)

        return Starlette(routes=[Route("/", read, methods=["POST"])])

    def file() -> Any:
        path = site() / "large.bin"

        async def read(request: Any) -> Any:
            return responses.FileResponse(path, media_type="application/octet-stream")

        return Starlette(routes=[Route("/", read)])

    def static() -> Any:
        files = import_module(f"{package}.staticfiles").StaticFiles(directory=site())
        mount = import_module(f"{package}.routing").Mount("/static", files)
        return Starlette(routes=[mount])

    def stream() -> Any:
        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(CHUNKS):
                yield CHUNK

        async def read(request: Any) -> Any:
            kind = "application/octet-stream"
            return responses.StreamingResponse(chunks(), media_type=kind)

        return Starlette(routes=[Route("/", read)])

    def middlewares() -> Any:
        async def read(request: Any) -> Any:
            return responses.PlainTextResponse(HELLO)

        Middleware = import_module(f"{package}.middleware").Middleware  # noqa: N806
        around = [Middleware(Stamp, name=b"x-stamp-%d" % number) for number in range(5)]
        return Starlette(routes=[Route("/", read)], middleware=around)

    def websocket() -> Any:
        async def echo(connection: Any) -> None:
            await connection.accept()
            async for text in connection.iter_text():
                await connection.send_text(text)

        WebSocketRoute = import_module(f"{package}.routing").WebSocketRoute  # noqa: N806
        return Starlette(routes=[WebSocketRoute("/", echo)])

    return {
        "text": text,
        "json": json,
        "head": text,
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "sync": sync,
        "form": form,
        "upload": upload,
        "file": file,
        "static": static,
        "not-modified": static,
        "stream": stream,
        "middlewares": middlewares,
        "websocket": websocket,
    }


class Stamp:
    """A middleware as users write them: it adds a header."""

    def __init__(self, app: Application, name: bytes) -> None:
        self.app = app
        self.name = name

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (self.name, b"yes")]
            await send(message)

        await self.app(scope, receive, send_stamped)
