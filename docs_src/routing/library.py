from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Mount, Route, WebSocketRoute
from fastapi_lite.websockets import WebSocket


async def list_books(request: Request) -> JSONResponse:
    return JSONResponse([str(request.url_for("books:one", isbn=9780141439518))])


async def newest_book(request: Request) -> PlainTextResponse:
    return PlainTextResponse("Pride and Prejudice")


def one_book(request: Request) -> JSONResponse:  # not `async`: runs in a thread
    return JSONResponse({"isbn": request.path_params["isbn"]})


async def one_page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.path_params['name']}")


async def news(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(f"news of {websocket.path_params['shelf']}")
    await websocket.close()


books = [
    Route("/", list_books, name="all"),
    Route("/newest", newest_book, name="newest"),  # before the next one, which matches it too
    Route("/{isbn:int}", one_book, methods=["GET", "DELETE"], name="one"),
]

app = Starlette(
    routes=[
        Mount("/books", routes=books, name="books"),
        WebSocketRoute("/news/{shelf}", news),
        Route("/pages/{name:path}", one_page),
    ]
)
