"""What is given by its annotation: requests, connections, responses, tasks, scopes; subclasses too."""

from typing import Annotated

from fastapi_lite import BackgroundTasks, Depends, FastAPI, Request, Response, Security, WebSocket
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import JSONResponse
from fastapi_lite.security import SecurityScopes

app = FastAPI()
done: list[str] = []


class MyTasks(BackgroundTasks):
    pass


def cookie(response: Response, tasks: BackgroundTasks):
    response.set_cookie("seen", "1", httponly=True)
    response.headers["x-order"] = "dependency"
    response.status_code = 202
    tasks.add_task(done.append, "dependency")


def explicit() -> Request:
    return "not a request"


def scoped(scopes: SecurityScopes):
    return [scopes.scopes, scopes.scope_str]


@app.get("/")
def read(
    request: Request,
    connection: HTTPConnection,
    response: Response,
    tasks: BackgroundTasks,
    _: Annotated[None, Depends(cookie)],
):
    response.headers["x-order"] = "endpoint"
    response.headers.append("x-many", "1")
    response.headers.append("x-many", "2")
    tasks.add_task(done.append, "endpoint")
    return [request.method, connection.url.path, request.scope["path"] == connection.scope["path"]]


@app.get("/own")
def own(response: Response, _: Annotated[None, Depends(cookie)]):
    response.status_code = 201
    return JSONResponse({"own": True}, headers={"x-order": "own"}, status_code=203)


@app.get("/explicit")
def explicit_(request: Annotated[Request, Depends(explicit)]):
    return request


@app.get("/scoped")
def scopes(
    found: Annotated[list, Security(scoped, scopes=["a", "b"])],
    plain: Annotated[list, Depends(scoped)],
):
    return [found, plain]


@app.get("/done")
def all_done():
    found, done[:] = list(done), []
    return found


@app.websocket("/ws")
async def ws(websocket: WebSocket, connection: HTTPConnection):
    await websocket.accept()
    await websocket.send_text(connection.url.path)
    await websocket.close(4000, "done")


STATEFUL = True
REQUESTS = [
    {"url": "/"},
    {"url": "/done"},
    {"url": "/own"},
    {"url": "/done"},
    {"url": "/explicit"},
    {"url": "/scoped"},
    {"websocket": "/ws"},
]
