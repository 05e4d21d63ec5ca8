"""Clients that leave: no error of the application, whatever it was doing."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite import FastAPI, WebSocket, WebSocketDisconnect
from fastapi_lite.applications import Starlette
from fastapi_lite.requests import ClientDisconnect, Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing import Route, WebSocketRoute
from fastapi_lite.types import ASGIApp, Message, Receive, Scope
from tests.conftest import ClientFactory
from tests.driving import exchange, http_scope

pytestmark = pytest.mark.anyio


def websocket_scope(**more: Any) -> Scope:
    return {"type": "websocket", "path": "/", "headers": [], "query_string": b"", **more}


def telling(*messages: Message) -> Receive:
    """A client that sends `messages`."""
    waiting = list(messages)

    async def receive() -> Message:
        return waiting.pop(0)

    return receive


def leaving_socket() -> Receive:
    return telling({"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001})


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())


async def read(request: Request) -> Response:
    return PlainTextResponse(await request.body())


def typed() -> ASGIApp:
    app = FastAPI()
    app.websocket("/")(echo)
    app.post("/")(read)
    return app


def plain() -> ASGIApp:
    return Starlette(routes=[WebSocketRoute("/", echo), Route("/", read, methods=["POST"])])


@pytest.mark.parametrize("make", [typed, plain])
async def test_leaving_a_websocket_is_no_error_for_a_server(make: Any) -> None:
    sent = await exchange(make(), websocket_scope(), leaving_socket())
    assert [message["type"] for message in sent] == ["websocket.accept"]


@pytest.mark.parametrize("make", [typed, plain])
def test_test_clients_are_told_of_it(client_for: ClientFactory, make: Any) -> None:
    with pytest.raises(WebSocketDisconnect), client_for(make()).websocket_connect("/") as socket:
        socket.close(1001)


async def test_a_handler_hears_of_it() -> None:
    app, heard = FastAPI(), []
    app.websocket("/")(echo)

    @app.exception_handler(WebSocketDisconnect)
    async def note(websocket: WebSocket, exc: WebSocketDisconnect) -> None:
        heard.append(exc.code)

    await exchange(app, websocket_scope(), leaving_socket())
    assert heard == [1001]


@pytest.mark.parametrize("make", [typed, plain])
async def test_leaving_while_the_body_is_read_is_no_error(make: Any) -> None:
    leaving = telling({"type": "http.disconnect"})
    assert await exchange(make(), http_scope("POST"), leaving) == []


async def test_a_handler_hears_of_a_client_that_left_while_the_body_was_read() -> None:
    app = FastAPI()
    app.post("/")(read)

    @app.exception_handler(ClientDisconnect)
    async def note(request: Request, exc: ClientDisconnect) -> Response:
        return Response(status_code=499)

    leaving = telling({"type": "http.disconnect"})
    assert (await exchange(app, http_scope("POST"), leaving))[0]["status"] == 499


async def test_function_middleware_sees_that_the_client_has_left() -> None:
    app, seen = FastAPI(), []
    app.post("/")(read)

    @app.middleware("http")
    async def note(request: Request, call_next: Any) -> Any:
        try:
            return await call_next(request)
        except ClientDisconnect:
            seen.append("left")
            raise

    await exchange(app, http_scope("POST"), telling({"type": "http.disconnect"}))
    assert seen == ["left"]


async def test_other_exceptions_of_a_websocket_reach_the_server() -> None:
    async def fail(websocket: WebSocket) -> None:
        raise ValueError("not the client's doing")

    with pytest.raises(ValueError, match="not the client's"):
        await exchange(Starlette(routes=[WebSocketRoute("/", fail)]), websocket_scope())
