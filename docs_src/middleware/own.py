from uuid import uuid4

from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing import Route
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send


class RequestID:
    """Gives each request an identifier, which the response repeats."""

    def __init__(self, app: ASGIApp, header: str = "x-request-id") -> None:
        self.app = app
        self.header = header.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier = scope.setdefault("state", {})["request_id"] = uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], (self.header, identifier.encode())]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_id)


async def home(request: Request) -> Response:
    return PlainTextResponse(request.state.request_id)


app = Starlette(
    routes=[Route("/", home)],
    middleware=[Middleware(RequestID, header="x-id")],
)
