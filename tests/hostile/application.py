"""An application with a route of each kind, behind every middleware; it counts what it opens."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, Json, SecretStr

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    HTTPException,
    Query,
    Request,
    Response,
    Security,
    UploadFile,
    WebSocket,
    WebSocketException,
)
from fastapi_lite import Path as PathParam
from fastapi_lite.applications import Starlette
from fastapi_lite.authentication import AuthCredentials, AuthenticationBackend, SimpleUser
from fastapi_lite.endpoints import HTTPEndpoint, WebSocketEndpoint
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.middleware.base import BaseHTTPMiddleware
from fastapi_lite.middleware.body_limit import RequestBodyLimitMiddleware
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware
from fastapi_lite.middleware.sessions import SessionMiddleware
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware
from fastapi_lite.middleware.wsgi import WSGIMiddleware
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import (
    EventSourceResponse,
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)
from fastapi_lite.routing import Host, Mount, Route, Router, WebSocketRoute
from fastapi_lite.security import (
    APIKeyCookie,
    HTTPBasic,
    HTTPBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
)
from fastapi_lite.sse import ServerSentEvent
from fastapi_lite.staticfiles import StaticFiles
from fastapi_lite.types import ASGIApp

SECRET_INPUT = "correct horse battery"


class Deliberate(Exception):
    """What an endpoint raises on purpose: the one reason for a 500."""


class Open(Counter[str]):
    """What the endpoints have open, by its kind."""

    def opened(self, kind: str) -> None:
        self[kind] += 1

    def closed(self, kind: str) -> None:
        self[kind] -= 1


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = Field(ge=0, le=9)


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = Field(max_length=3)


class Item(BaseModel):
    name: str
    price: float = Field(allow_inf_nan=False)
    tags: set[str] = set()
    pet: Cat | Dog | None = Field(None, discriminator="kind")
    more: dict[str, int] = {}


class Filters(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(10, gt=0, le=100)
    order: Literal["up", "down"] = "up"
    tag: list[str] = []


class Marks(BaseModel):
    x_token: str
    x_count: int = 0


class Crumbs(BaseModel):
    sid: str
    page: int | None = None


class Login(BaseModel):
    user: str
    password: SecretStr = Field(min_length=200)
    remember: bool


def typed_routes(opened: Open) -> APIRouter:
    """Typed operations, which take their parameters from everywhere."""
    router = APIRouter()

    async def resource() -> AsyncIterator[str]:
        opened.opened("dependency")
        try:
            yield "open"
        finally:
            opened.closed("dependency")

    def blocking() -> Iterator[str]:
        opened.opened("thread")
        try:
            yield "open"
        finally:
            opened.closed("thread")

    @router.get("/typed/{number}")
    async def read(
        number: int,
        colour: Colour = Colour.RED,
        q: Annotated[list[str] | None, Query(max_length=5)] = None,
        size: Annotated[float, Query(alias="si-ze", gt=0)] = 1,
        key: UUID | None = None,
        data: Annotated[Json[list[int]] | None, Query()] = None,
        user_agent: Annotated[str | None, Header()] = None,
        x_many: Annotated[list[int] | None, Header()] = None,
        sid: Annotated[str | None, Cookie(pattern="^[a-z]*$")] = None,
        held: str = Depends(resource),
    ) -> dict[str, Any]:
        return {"number": number, "q": q, "agent": user_agent, "sid": sid, "held": held}

    @router.get("/models")
    def models(
        filters: Annotated[Filters, Query()],
        marks: Annotated[Marks, Header()],
        crumbs: Annotated[Crumbs, Cookie()],
        held: str = Depends(blocking, scope="function"),
    ) -> dict[str, Any]:
        return {"filters": filters, "marks": marks, "crumbs": crumbs}

    @router.put("/item")
    async def write(item: Item, tasks: BackgroundTasks) -> Item:
        tasks.add_task(opened.total)
        return item

    @router.post("/item", response_model_exclude_unset=True)
    def write_in_thread(item: Item) -> Item:
        return item

    @router.post("/items")
    async def write_all(items: list[Item], held: str = Depends(resource)) -> int:
        return len(items)

    @router.post("/two")
    async def write_two(item: Item, number: Annotated[int, Body()], text: str = "") -> int:
        return number

    @router.post("/anything")
    async def anything(body: Annotated[Any, Body()]) -> str:
        return type(body).__name__

    @router.post("/echo")
    async def echo(body: dict[str, str]) -> Any:
        return body

    @router.post("/bytes")
    async def raw(body: Annotated[bytes, Body(media_type="application/octet-stream")]) -> int:
        return len(body)

    @router.post("/login")
    async def login(login: Login) -> str:
        return login.user

    @router.post("/form")
    async def form(
        name: Annotated[str, Form()],
        age: Annotated[int, Form()] = 0,
        tags: Annotated[list[str] | None, Form()] = None,
    ) -> dict[str, Any]:
        return {"name": name, "age": age, "tags": tags}

    @router.post("/form-model")
    def form_model(data: Annotated[Filters, Form()]) -> Filters:
        return data

    @router.post("/token")
    async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> list[str]:
        return form.scopes

    @router.post("/files", dependencies=[Depends(blocking)])
    async def files(
        one: UploadFile,
        many: Annotated[list[bytes] | None, File()] = None,
        note: Annotated[str, Form(max_length=10)] = "",
    ) -> dict[str, Any]:
        return {"name": one.filename, "size": len(await one.read()), "many": len(many or ())}

    @router.post("/raw-form", max_body_size=4_000)
    async def raw_form(request: Request) -> list[str]:
        async with request.form(max_fields=5, max_files=2, max_part_size=100) as form:
            return [key for key, _ in form.multi_items()]

    @router.get("/secure")
    async def secure(
        user: Annotated[Any, Security(HTTPBasic(auto_error=False))],
        bearer: Annotated[Any, Security(HTTPBearer())],
        oauth: Annotated[Any, Security(OAuth2PasswordBearer("token"))],
        key: Annotated[Any, Security(APIKeyCookie(name="sid"))],
    ) -> str:
        return "in"

    @router.get("/lines")
    async def lines(count: Annotated[int, Query(le=300)] = 3) -> AsyncIterator[dict[str, int]]:
        opened.opened("lines")
        try:
            for number in range(count):
                yield {"number": number}
        finally:
            opened.closed("lines")

    @router.get("/events", response_class=EventSourceResponse)
    def events(held: str = Depends(blocking)) -> Iterator[ServerSentEvent]:
        opened.opened("events")
        try:
            for number in range(3):
                yield ServerSentEvent(data=number, event="tick", id=str(number), comment="c")
        finally:
            opened.closed("events")

    @router.get("/empty", status_code=204)
    async def empty() -> None:
        return None

    @router.get("/error/{status}")
    async def error(status: Annotated[int, PathParam(ge=400, le=499)], detail: str = "no") -> None:
        raise HTTPException(status, detail, {"x-detail": "yes"})

    @router.get("/raise")
    async def deliberate(held: str = Depends(resource)) -> None:
        raise Deliberate

    @router.websocket("/typed-ws/{number}")
    async def typed_websocket(
        websocket: WebSocket, number: int, q: Literal["a", "b"], held: str = Depends(resource)
    ) -> None:
        await websocket.accept()
        async for text in websocket.iter_text():
            await websocket.send_text(f"{number} {q} {text}")

    return router


def plain_routes(opened: Open, file: Path) -> list[Any]:
    """Routes of functions, classes and applications."""

    async def hello(request: Request) -> Response:
        await request.is_disconnected()
        body = await request.body()
        url, base = str(request.url), str(request.base_url)
        return PlainTextResponse(f"{url} {base} {request.client} {len(body)}")

    def everything(request: Request) -> Response:
        known = {
            "query": request.query_params.multi_items(),
            "headers": request.headers.items(),
            "cookies": request.cookies,
            "path": str(request.path_params),
            "port": request.url.port,
            "host": request.url.hostname,
        }
        return JSONResponse(known)

    async def parse(request: Request) -> Response:
        try:
            body = await request.json()
        except ValueError:
            return PlainTextResponse("no JSON", 400)
        return PlainTextResponse(type(body).__name__)

    async def pieces(request: Request) -> Response:
        return PlainTextResponse(str([len(piece) async for piece in request.stream()]))

    async def chunks() -> AsyncIterator[bytes]:
        opened.opened("stream")
        try:
            for number in range(5):
                yield b"%d" % number * 300
        finally:
            opened.closed("stream")

    def blocking_chunks() -> Iterator[str]:
        opened.opened("iterator")
        try:
            yield from ("a", "b", "c")
        finally:
            opened.closed("iterator")

    async def stream(request: Request) -> Response:
        return StreamingResponse(chunks(), trailers={"x-sum": "5"}, media_type="text/plain")

    async def blocking_stream(request: Request) -> Response:
        return StreamingResponse(blocking_chunks())

    async def send_file(request: Request) -> Response:
        response = FileResponse(file, filename="ä name.txt")
        response.chunk_size = 64
        return response

    async def cookies(request: Request) -> Response:
        response = PlainTextResponse("set")
        for name, value in request.query_params.multi_items()[:3]:
            try:
                response.set_cookie("n", value, path=name or None)
            except ValueError:
                response.status_code = 400
        return response

    async def redirect(request: Request) -> Response:
        return RedirectResponse(request.query_params.get("to", "/"))

    async def session(request: Request) -> Response:
        if "session" in request.scope:
            request.session["seen"] = int(request.session.get("seen", 0)) + 1
        return PlainTextResponse("counted")

    async def hints(request: Request) -> Response:
        await request.send_early_hints("</style.css>; rel=preload")
        await request.send_push_promise("/style.css")
        return PlainTextResponse("hinted")

    class Verbs(HTTPEndpoint):
        async def get(self, request: Request) -> Response:
            return PlainTextResponse("got")

        def post(self, request: Request) -> Response:
            return PlainTextResponse("posted")

    return [
        Route("/hello", hello, methods=["GET", "POST"]),
        Route("/everything/{a}-{b:path}", everything, methods=["GET", "POST"]),
        Route("/int/{n:int}", everything),
        Route("/float/{x:float}/{u:uuid}", everything),
        Route("/{a}.{b}.{c}", everything),
        Route("/parse", parse, methods=["POST"]),
        Route("/pieces", pieces, methods=["POST"]),
        Route("/stream", stream),
        Route("/blocking-stream", blocking_stream),
        Route("/file", send_file),
        Route("/cookies", cookies),
        Route("/redirect", redirect),
        Route("/session", session),
        Route("/hints", hints),
        Route("/verbs/", Verbs),
    ]


def websocket_routes() -> list[WebSocketRoute]:
    """WebSockets that read text, bytes, JSON and whatever comes, refuse, close and raise."""

    class Echo(WebSocketEndpoint):
        async def on_receive(self, websocket: WebSocket, data: Any) -> None:
            send = websocket.send_text if isinstance(data, str) else websocket.send_bytes
            await send(data)

    class JSONEcho(WebSocketEndpoint):
        encoding = "json"

        async def on_receive(self, websocket: WebSocket, data: Any) -> None:
            await websocket.send_json(data)

    async def text(websocket: WebSocket) -> None:
        offered = websocket.scope.get("subprotocols") or [None]
        await websocket.accept(subprotocol=offered[0])
        while True:
            await websocket.send_text(await websocket.receive_text())

    async def data(websocket: WebSocket) -> None:
        await websocket.accept(headers=[(b"X-Url", str(websocket.url).encode()[:50])])
        async for message in websocket.iter_bytes():
            await websocket.send_bytes(message)

    async def json(websocket: WebSocket) -> None:
        await websocket.accept()
        while True:
            await websocket.send_json(await websocket.receive_json(mode="text"), mode="binary")

    async def deny(websocket: WebSocket) -> None:
        if "websocket.http.response" in (websocket.scope.get("extensions") or {}):
            await websocket.send_denial_response(PlainTextResponse("no", 403))
        else:
            await websocket.close(1008, "no")

    async def forbid(websocket: WebSocket) -> None:
        raise HTTPException(403, "no")

    async def close(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close(4000, await websocket.receive_text())

    async def leave(websocket: WebSocket) -> None:
        raise WebSocketException(1008, "leave")

    async def deliberate(websocket: WebSocket) -> None:
        await websocket.accept()
        raise Deliberate

    return [
        WebSocketRoute("/ws/echo", Echo),
        WebSocketRoute("/ws/json-echo", JSONEcho),
        WebSocketRoute("/ws/text", text),
        WebSocketRoute("/ws/bytes", data),
        WebSocketRoute("/ws/json", json),
        WebSocketRoute("/ws/deny", deny),
        WebSocketRoute("/ws/forbid", forbid),
        WebSocketRoute("/ws/close", close),
        WebSocketRoute("/ws/leave", leave),
        WebSocketRoute("/ws/raise", deliberate),
    ]


class ByCookie(AuthenticationBackend):
    """Users are who they say they are."""

    async def authenticate(self, conn: HTTPConnection) -> Any:
        name = conn.cookies.get("user")
        return name and (AuthCredentials(["authenticated"]), SimpleUser(name))


async def pass_on(request: Request, call_next: Callable[[Request], Any]) -> Response:
    """A function middleware that adds a header."""
    response: Response = await call_next(request)
    response.headers["x-passed"] = "yes"
    return response


def compile_wsgi() -> ASGIApp:
    """A WSGI application that says how much it was sent."""

    def wsgi(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        size = len(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(size).encode(), environ["PATH_INFO"].encode("latin-1")]

    with warnings.catch_warnings(action="ignore", category=StarletteDeprecationWarning):
        return WSGIMiddleware(wsgi)


MIDDLEWARE = [
    Middleware(
        CORSMiddleware,
        allow_origins=["https://a.test"],
        allow_origin_regex=r"https://.*\.b\.test",
        allow_credentials=True,
        allow_methods=["*"],
        allow_headers=["x-token"],
    ),
    Middleware(TrustedHostMiddleware, allowed_hosts=["testserver", "*.test", "b.example"]),
    Middleware(SessionMiddleware, secret_key="key", max_age=None),
    Middleware(AuthenticationMiddleware, backend=ByCookie()),
    Middleware(RequestBodyLimitMiddleware, max_body_size=100_000),
    Middleware(GZipMiddleware, minimum_size=100),
    Middleware(BaseHTTPMiddleware, dispatch=pass_on),
]


def compile_application(opened: Open, site: Path, *, wrapped: bool) -> ASGIApp:
    """The application; `wrapped` in every middleware, or in none. `site` has files to serve."""
    app = FastAPI(middleware=MIDDLEWARE if wrapped else None, max_body_size=200_000)
    app.include_router(typed_routes(opened))
    app.include_router(typed_routes(opened), prefix="/v2/{version}")
    app.router.routes += plain_routes(opened, site / "page.txt")
    app.router.routes += websocket_routes()
    app.mount("/static", StaticFiles(directory=site))
    app.mount("/site", StaticFiles(directory=site, html=True))
    app.mount("/plain", Starlette(routes=[*plain_routes(opened, site / "page.txt")]))
    app.mount("/wsgi", compile_wsgi())
    app.mount("/https", HTTPSRedirectMiddleware(Starlette()))
    app.mount("/{tenant}/sub", compile_sub_application(opened))
    app.router.routes.append(
        Mount("/alone", routes=[*websocket_routes(), *plain_routes(opened, site / "page.txt")])
    )
    app.host("{name}.b.test", Router([Mount("/", app=StaticFiles(directory=site, html=True))]))
    app.router.routes.append(Host("api.test", compile_sub_application(opened)))
    return app


def compile_sub_application(opened: Open) -> FastAPI:
    """An application to mount, with handlers of its own."""
    app = FastAPI(root_path_in_servers=True)
    app.include_router(typed_routes(opened))

    @app.exception_handler(404)
    def not_found(request: Request, exc: HTTPException) -> Response:
        return PlainTextResponse("nothing here", 404)

    @app.get("/request")
    async def request(request: Request) -> str:
        return str(request.url_for("request"))

    return app
