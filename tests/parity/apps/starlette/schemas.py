"""Documents from docstrings."""

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import HTTPEndpoint
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Host, Mount, Route, WebSocketRoute
from fastapi_lite.schemas import SchemaGenerator

schemas = SchemaGenerator({"openapi": "3.0.0", "info": {"title": "T", "version": "1"}})


def one(request):
    """
    One.
    ---
    responses:
      200:
        description: One.
        examples: [1, 2]
    """
    return PlainTextResponse("")


def silent(request):
    return PlainTextResponse("")


def words(request):
    """Only words."""
    return PlainTextResponse("")


class Both(HTTPEndpoint):
    def get(self, request):
        """
        responses:
          200:
            description: Got.
        """

    async def post(self, request):
        """
        ---
        requestBody: {required: true}
        """


def document(request):
    return schemas.OpenAPIResponse(request=request)


def listed(request):
    return JSONResponse(
        [
            [one.path, one.http_method, one.func.__name__]
            for one in schemas.get_endpoints(app.routes)
        ]
    )


async def socket(websocket):
    """
    responses: {}
    """


app = Starlette(
    routes=[
        Route("/one/{a:int}", one, methods=["GET", "PUT"]),
        Route("/silent", silent),
        Route("/words", words),
        Route("/both", Both),
        Route("/hidden", one, include_in_schema=False),
        WebSocketRoute("/ws", socket),
        Mount("/m/{x}", routes=[Route("/inner", one)]),
        Host("h.example", app=PlainTextResponse("h")),
        Route("/schema", document, include_in_schema=False),
        Route("/listed", listed, include_in_schema=False),
    ]
)
REQUESTS = [{"url": "/schema"}, {"url": "/listed"}, {"url": "/one/3"}]
