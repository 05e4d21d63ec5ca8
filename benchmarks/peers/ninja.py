"""The applications on Django Ninja."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from types import ModuleType
from typing import Annotated, Any

import django
from django.conf import settings as django_settings

if not django_settings.configured:  # which Django Ninja asks for when it is imported
    django_settings.configure(
        ALLOWED_HOSTS=["*"], SECRET_KEY="bench", USE_TZ=True, ROOT_URLCONF=__name__
    )
    django.setup(set_prefix=False)

from django.core.handlers.asgi import ASGIHandler
from django.http import (
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.urls import path as url_path
from django.urls import set_urlconf
from ninja import Cookie, Form, Header, NinjaAPI, Path, Query, Router

from benchmarks.domain import (
    BOOKS,
    CHUNK,
    CHUNKS,
    FORM,
    HELLO,
    MESSAGE,
    RESOURCES,
    ROUTERS,
    Book,
    Connection,
    Item,
    Repository,
    Settings,
    Thing,
)

urlpatterns: list[Any] = []


class Handler(ASGIHandler):
    """Django with the URLs of one API, since several applications share a process."""

    def __init__(self, api: NinjaAPI) -> None:
        self.urls = ModuleType("urls")
        vars(self.urls)["urlpatterns"] = [url_path("", api.urls)]
        super().__init__()

    def resolve_request(self, request: HttpRequest) -> Any:
        request.urlconf = self.urls
        set_urlconf(self.urls)
        return super().resolve_request(request)


def new() -> NinjaAPI:
    return NinjaAPI(docs_url=None, openapi_url=None, urls_namespace="bench")


def text() -> Any:
    api = new()

    @api.get("/")
    async def read(request: HttpRequest) -> HttpResponse:
        return HttpResponse(HELLO, content_type="text/plain; charset=utf-8")

    return Handler(api)


def json() -> Any:
    api = new()

    @api.get("/")
    async def read(request: HttpRequest) -> dict[str, Any]:
        return MESSAGE

    return Handler(api)


def parameters() -> Any:
    api = new()

    @api.get("/items/{item_id}")
    async def read(
        request: HttpRequest,
        item_id: Annotated[int, Path(ge=1)],
        q: str,
        tag: Annotated[list[str], Query()],
        x_token: Annotated[str, Header()],
        session: Annotated[str, Cookie()],
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> dict[str, Any]:
        return {
            "item_id": item_id,
            "q": q,
            "limit": limit,
            "tag": tag,
            "x_token": x_token,
            "session": session,
        }

    return Handler(api)


def body() -> Any:
    api = new()

    @api.post("/items", response={201: Item})
    async def create(request: HttpRequest, item: Item) -> Any:
        return 201, item

    return Handler(api)


def dependencies() -> Any:
    api = new()

    @api.get("/me")
    async def read(request: HttpRequest, x_token: Annotated[str, Header()]) -> dict[str, str]:
        settings = Settings()
        connection = Connection(settings)
        try:
            user = await Repository(connection).user(x_token)
            return {"user": user, "role": settings.role}
        finally:
            connection.close()

    return Handler(api)


def models(count: int) -> Any:
    api = new()
    books = [Book(**book) for book in BOOKS[:count]]

    @api.get("/books", response=list[Book])
    async def read(request: HttpRequest) -> list[Book]:
        return books

    return Handler(api)


def routes() -> Any:
    api = new()
    for number in range(ROUTERS):
        router = Router()
        for nth in range(RESOURCES):
            declare(router, f"/things{nth}")
        api.add_router(f"/section{number}", router)
    return Handler(api)


def declare(router: Router, path: str) -> None:
    @router.post(path, response={201: Thing})
    async def create(request: HttpRequest, thing: Thing) -> Any:
        return 201, thing

    @router.get(path, response=list[Thing])
    async def search(request: HttpRequest, q: str | None = None, limit: int = 20) -> Any:
        return []

    @router.delete(path + "/{int:thing_id}", response={204: None})
    async def remove(request: HttpRequest, thing_id: int) -> Any:
        return 204, None

    @router.get(path + "/{int:thing_id}")
    async def read(request: HttpRequest, thing_id: int, q: str | None = None) -> Any:
        return {"thing_id": thing_id}


def sync() -> Any:
    api = new()

    @api.get("/")
    def read(request: HttpRequest) -> dict[str, Any]:
        return MESSAGE

    return Handler(api)


def form() -> Any:
    api = new()

    @api.post("/")
    async def read(
        request: HttpRequest,
        name: Annotated[str, Form()],
        price: Annotated[str, Form()],
        colours: Annotated[str, Form()],
        note: Annotated[str, Form()],
    ) -> dict[str, str]:
        return dict(zip(FORM, (name, price, colours, note), strict=True))

    return Handler(api)


def stream() -> Any:
    api = new()

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(CHUNKS):
            yield CHUNK

    @api.get("/")
    async def read(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(chunks(), content_type="application/octet-stream")

    return Handler(api)


def applications(package: str = "") -> dict[str, Callable[[], Any]]:
    """What makes the application of each workload."""
    return {
        "text": text,
        "json": json,
        "parameters": parameters,
        "body": body,
        "dependencies": dependencies,
        "models": partial(models, 100),
        "models-1000": partial(models, 1_000),
        "invalid": body,
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "sync": sync,
        "form": form,
        "stream": stream,
    }
