"""Requests of a class of one's own: what it says of the body is what the operation reads."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from fastapi_lite import Body, FastAPI, HTTPException, Request, Response
from fastapi_lite.routing import APIRoute
from tests.conftest import ClientFactory


class Point(BaseModel):
    x: int


class Lines(Request):
    """Reads `x=1` lines as if they were JSON."""

    async def json(self) -> Any:
        lines = (await self.body()).decode().splitlines()
        if lines == ["json"]:
            return await super().json()
        if lines == ["secret"]:
            raise HTTPException(403)
        return dict(line.split("=") for line in lines)


class Unreadable(Request):
    async def body(self) -> bytes:
        raise KeyError("no such encoding")


def application(request_class: type[Request]) -> FastAPI:
    class Reading(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            original = super().get_route_handler()

            async def handle(request: Request) -> Response:
                return await original(request_class(request.scope, request.receive))

            return handle

    app = FastAPI()
    app.router.route_class = Reading

    @app.post("/model")
    def model(point: Point) -> Point:
        return point

    @app.post("/embedded")
    def embedded(x: Annotated[int, Body()], y: Annotated[int, Body()]) -> int:
        return x + y

    return app


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("path", "content", "answer"),
    [
        ("/model", "x=1", {"x": 1}),
        ("/embedded", "x=1\ny=2", 3),
        ("/model", "x", {"detail": "There was an error parsing the body"}),
        ("/model", "secret", {"detail": "Forbidden"}),
    ],
)
def test_json_of_a_request_class_is_the_body(
    client_for: ClientFactory, path: str, content: str, answer: Any
) -> None:
    client = client_for(application(Lines))
    assert client.post(path, content=content, headers=JSON).json() == answer


def test_request_class_that_finds_no_json_is_a_422(client_for: ClientFactory) -> None:
    response = client_for(application(Lines)).post("/model", content="json", headers=JSON)
    assert response.json()["detail"][0]["type"] == "json_invalid"


def test_content_that_is_not_called_json_is_not_read_as_such(client_for: ClientFactory) -> None:
    response = client_for(application(Lines)).post(
        "/model", content="x=1", headers={"content-type": "text/plain"}
    )
    assert response.json()["detail"][0]["type"] == "model_attributes_type"


def test_body_that_a_request_class_cannot_read_is_a_400(client_for: ClientFactory) -> None:
    response = client_for(application(Unreadable)).post("/model", content="x", headers=JSON)
    assert response.json() == {"detail": "There was an error parsing the body"}
