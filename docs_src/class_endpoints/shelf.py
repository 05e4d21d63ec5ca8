from typing import Any

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import HTTPEndpoint, WebSocketEndpoint
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, Response
from fastapi_lite.routing import Route, WebSocketRoute
from fastapi_lite.schemas import SchemaGenerator
from fastapi_lite.websockets import WebSocket

BOOKS = ["Emma", "Ulysses"]
schemas = SchemaGenerator({"openapi": "3.1.0", "info": {"title": "Shelf", "version": "1"}})


class Shelf(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        """
        Lists the books.
        ---
        responses:
          200:
            description: Their titles.
        """
        return JSONResponse(BOOKS)

    async def post(self, request: Request) -> Response:
        BOOKS.append(await request.json())
        return JSONResponse(BOOKS, status_code=201)


class Echo(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket: WebSocket, data: Any) -> None:
        await websocket.send_json({"you said": data})


def document(request: Request) -> Response:
    return schemas.OpenAPIResponse(request=request)


app = Starlette(
    routes=[
        Route("/books", Shelf),
        WebSocketRoute("/echo", Echo),
        Route("/schema", document, include_in_schema=False),
    ]
)
