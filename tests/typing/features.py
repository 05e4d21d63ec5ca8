"""An application of every feature, and the mistakes that are found in it."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any, assert_type

from pydantic import BaseModel

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    Request,
    Response,
    Security,
    WebSocket,
    WebSocketException,
    status,
)
from fastapi_lite.background import BackgroundTask
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.exception_handlers import request_validation_exception_handler
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware
from fastapi_lite.middleware.sessions import SessionMiddleware
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware
from fastapi_lite.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi_lite.openapi.utils import get_openapi
from fastapi_lite.responses import (
    EventSourceResponse,
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    StreamingResponse,
)
from fastapi_lite.routing import APIRoute, RouteContext, iter_route_contexts
from fastapi_lite.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from fastapi_lite.sse import ServerSentEvent
from fastapi_lite.staticfiles import StaticFiles
from fastapi_lite.templating import Jinja2Templates
from fastapi_lite.testclient import TestClient
from fastapi_lite.types import ASGIApp, Receive, Scope, Send


class Book(BaseModel):
    title: str


class Timing:
    """A middleware of pure ASGI."""

    def __init__(self, app: ASGIApp, header: str, *, precision: int = 3) -> None:
        self.app = app
        self.header = header
        self.precision = precision

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def counted(app: ASGIApp, name: str) -> ASGIApp:
    """A middleware that is a function."""
    return app


class Slow(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        return await call_next(request)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[Mapping[str, Any]]:
    yield {"books": []}


def unique_id(route: APIRoute) -> str:
    return f"{route.name}-{route.path_format}"


async def refuse(request: Request, error: RequestValidationError) -> Response:
    return await request_validation_exception_handler(request, error)


app = FastAPI(
    title="Bookshop",
    openapi_tags=[{"name": "books"}],
    servers=[{"url": "https://example.org"}],
    contact={"name": "Ada"},
    lifespan=lifespan,
    middleware=[
        Middleware(Timing, "x-time", precision=2),
        Middleware(counted, name="books"),
        Middleware(TrustedHostMiddleware, allowed_hosts=["example.org"]),
    ],
    exception_handlers={404: refuse, RequestValidationError: refuse},
    responses={404: {"description": "Nothing here"}},
    generate_unique_id_function=unique_id,
    swagger_ui_parameters={"deepLinking": False},
    max_body_size=1_000_000,
    form_limits={"max_files": 3},
)
app.add_middleware(Timing, "x-time")
app.add_middleware(counted, "books")
app.add_middleware(Slow)
app.add_middleware(BaseHTTPMiddleware, dispatch=None)
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, max_age=60)
app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
app.add_middleware(SessionMiddleware, secret_key="secret", same_site="strict", https_only=True)
app.add_middleware(HTTPSRedirectMiddleware)
app.mount("/static", StaticFiles(directory="static", check_dir=False), name="static")
app.frontend("/", directory="dist", fallback="index.html", check_dir=False)
app.add_exception_handler(404, refuse)
app.state.books = []
assert_type(app.openapi(), dict[str, Any])

templates = Jinja2Templates(directory="templates")
login = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Look", "write": "Change"})


def session() -> Iterator[str]:
    yield "session"


Session = Annotated[str, Depends(session, scope="function")]
Token = Annotated[str, Security(login, scopes=["read"])]


@app.middleware("http")
async def count(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    return await call_next(request)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> PlainTextResponse:
    return PlainTextResponse(str(error.errors()), status_code=400)


@app.post("/token", include_in_schema=False)
async def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    assert_type(form.username, str)
    assert_type(form.scopes, list[str])
    return {"access_token": form.username, "token_type": "bearer"}


@app.get(
    "/books",
    tags=["books"],
    status_code=status.HTTP_200_OK,
    response_model=list[Book],
    response_model_exclude_unset=True,
    responses={403: {"model": Book, "description": "Not yours"}},
    openapi_extra={"x-internal": True},
    dependencies=[Depends(session)],
)
async def books(token: Token, db: Session, tasks: BackgroundTasks, response: Response) -> Any:
    assert_type(token, str)
    tasks.add_task(print, "sold", end="")
    response.headers["x-books"] = "1"
    return [Book(title=db)]


@app.get("/books.jsonl")
async def lines() -> AsyncIterator[Book]:
    yield Book(title="Emma")


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(data={"title": "Emma"}, event="sold", id="1", retry=1000)


@app.get("/page", response_class=HTMLResponse)
def page(request: Request) -> Response:
    return templates.TemplateResponse(request, "page.html", {"title": "Emma"})


@app.get("/file", response_class=FileResponse)
async def file() -> str:
    return await run_in_threadpool(str, "book.txt")


@app.get("/raw")
def raw() -> StreamingResponse:
    return StreamingResponse(iter([b"a"]), background=BackgroundTask(print, "sent"))


@app.websocket("/talk", dependencies=[Depends(session)])
async def talk(websocket: WebSocket, db: Session, room: int = 0) -> None:
    await websocket.accept(subprotocol="chat")
    await websocket.send_json(jsonable_encoder(Book(title=db)))
    raise WebSocketException(status.WS_1008_POLICY_VIOLATION, reason="enough")


class Logged(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Any]:
        return super().get_route_handler()


router = APIRouter(prefix="/v1", tags=["v1"], route_class=Logged, deprecated=True)
callbacks = APIRouter()


@callbacks.post("{$callback_url}/sold")
def sold(book: Book) -> None: ...


@router.put("/books/{title}", callbacks=callbacks.routes, operation_id="replace")
def put_book(title: str, book: Book) -> Book:
    return book


@app.webhooks.post("new-book")
def new_book(book: Book) -> None: ...


app.include_router(router, prefix="/api", dependencies=[Depends(session)], responses={418: {}})
app.dependency_overrides[session] = lambda: "double"
for context in iter_route_contexts(app.routes):
    assert_type(context, RouteContext)


assert_type(get_openapi(title=app.title, version=app.version, routes=app.routes), dict[str, Any])
get_swagger_ui_html(openapi_url="/openapi.json", title="Docs", swagger_ui_parameters={"a": 1})
get_redoc_html(openapi_url="/openapi.json", title="Docs", with_google_fonts=False)

with TestClient(app, base_url="https://example.org", raise_server_exceptions=False) as client:
    assert_type(client.get("/books", headers={"x-a": "b"}).status_code, int)
    with client.websocket_connect("/talk", subprotocols=["chat"]) as conversation:
        assert_type(conversation.receive_text(), str)

# Mistakes.
app.add_middleware(CORSMiddleware, allow_origin=["*"])  # type: ignore[call-arg]
app.add_middleware(GZipMiddleware, minimum_size="1000")  # type: ignore[arg-type]
app.add_middleware(Timing)  # type: ignore[call-arg]
app.add_middleware(Timing, "x-time", precison=2)  # type: ignore[call-arg]
app.add_middleware(counted, title="books")  # type: ignore[call-arg]
app.add_middleware(SessionMiddleware)  # type: ignore[call-arg]
Middleware(Timing)  # type: ignore[call-arg]
Middleware(TrustedHostMiddleware, hosts=["example.org"])  # type: ignore[call-arg]
app.frontend("/", directory="dist", fallback="home.html")  # type: ignore[arg-type]
app.frontend("/")  # type: ignore[call-arg]
app.websocket("/talk", dependency=[])  # type: ignore[call-arg]
app.include_router(router, tag=["a"])  # type: ignore[call-arg]
app.mount("/static", StaticFiles(directry="static"))  # type: ignore[call-arg]
APIRouter(prefx="/v1")  # type: ignore[call-arg]
ServerSentEvent(dat="x")  # type: ignore[call-arg]
OAuth2PasswordBearer(token_url="token")  # type: ignore[call-arg]
get_openapi(titel="x", version="1", routes=[])  # type: ignore[call-arg]
TestClient(app, url="http://a")  # type: ignore[call-arg]
Depends(session, scope="app")  # type: ignore[arg-type]
