"""Path operations: what an endpoint returns, and what is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, model_validator

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Body,
    Depends,
    FastAPI,
    Form,
    HTTPException,
    Request,
    Response,
    UploadFile,
)
from fastapi_lite.applications import Starlette
from fastapi_lite.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
)
from fastapi_lite.exceptions import (
    DeclarationError,
    FastAPIError,
    RequestValidationError,
    ResponseValidationError,
)
from fastapi_lite.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    StreamingResponse,
)
from fastapi_lite.routing import APIRoute
from tests.conftest import ClientFactory


class Author(BaseModel):
    name: str
    email: str | None = None


class Book(BaseModel):
    title: str
    pages: int = 0
    author: Author | None = None
    code: str = Field("", alias="bookCode")


class SecretBook(Book):
    price: int = 5


BOOK = SecretBook(title="Emma", bookCode="e1")


def test_response_is_filtered_by_its_model(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read() -> Book:
        return BOOK

    assert client_for(app).get("/").json() == {
        "title": "Emma",
        "pages": 0,
        "author": None,
        "bookCode": "e1",
    }


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"response_model_exclude_unset": True}, {"title": "Emma", "bookCode": "e1"}),
        ({"response_model_exclude_defaults": True}, {"title": "Emma", "bookCode": "e1"}),
        (
            {"response_model_exclude_none": True, "response_model_by_alias": False},
            {"title": "Emma", "pages": 0, "code": "e1"},
        ),
        ({"response_model_include": ["title"]}, {"title": "Emma"}),
        (
            {"response_model_exclude": {"pages", "author"}},
            {"title": "Emma", "bookCode": "e1"},
        ),
    ],
)
def test_response_model_options_choose_fields(
    options: dict[str, Any], sent: dict[str, Any], client_for: ClientFactory
) -> None:
    app = FastAPI()
    app.get("/", response_model=Book, **options)(lambda: BOOK)
    assert client_for(app).get("/").json() == sent


def test_dictionaries_objects_and_dataclasses_become_the_model(client_for: ClientFactory) -> None:
    app = FastAPI()

    @dataclass
    class Row:
        name: str
        email: str = "a@b.c"

    app.get("/dict", response_model=Author)(lambda: {"name": "Ada", "age": 3})
    app.get("/object", response_model=Author)(lambda: Row("Ada"))

    client = client_for(app)
    assert client.get("/dict").json() == {"name": "Ada", "email": None}
    assert client.get("/object").json() == {"name": "Ada", "email": "a@b.c"}


def test_result_that_is_not_of_its_type_is_the_servers_error(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read() -> Book:
        return {"pages": "many"}  # type: ignore[return-value]  # what is wrong here

    client = client_for(app)
    with pytest.raises(ResponseValidationError) as caught:
        client.get("/")
    assert caught.value.endpoint_function == "read"
    assert caught.value.endpoint_path == "GET /"
    assert caught.value.body == {"pages": "many"}
    quiet = client_for(app, raise_server_exceptions=False).get("/")
    assert (quiet.status_code, quiet.text) == (500, "Internal Server Error")


def test_validators_of_a_response_model_run_though_it_is_returned(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()
    seen: list[str] = []

    class Watched(BaseModel):
        name: str

        @model_validator(mode="after")
        def watch(self) -> Watched:
            seen.append(self.name)
            return self

    @app.get("/", response_model=Watched)
    async def read() -> Any:
        return Watched(name="a")

    client_for(app).get("/")
    assert seen == ["a", "a"]


def test_model_is_validated_again_where_it_says_so(client_for: ClientFactory) -> None:
    app = FastAPI()

    class Strict(BaseModel, revalidate_instances="always"):
        size: Annotated[int, Field(gt=0)]

    @app.get("/", response_model=Strict)
    async def read() -> Any:
        return Strict.model_construct(size=-1)

    with pytest.raises(ResponseValidationError):
        client_for(app).get("/")


def test_response_is_sent_as_it_is_and_gets_the_tasks(client_for: ClientFactory) -> None:
    app, done = FastAPI(), []

    @app.get("/")
    async def read(tasks: BackgroundTasks) -> Response:
        tasks.add_task(done.append, 1)
        return PlainTextResponse("as is", status_code=202)

    @app.get("/stream")
    async def stream(tasks: BackgroundTasks) -> Response:
        tasks.add_task(done.append, 2)
        return StreamingResponse(iter(["a", "b"]))

    @app.get("/value")
    async def value(tasks: BackgroundTasks) -> int:
        tasks.add_task(done.append, 3)
        return 1

    client = client_for(app)
    assert (client.get("/").status_code, client.get("/").text) == (202, "as is")
    assert client.get("/stream").text == "ab"
    assert client.get("/value").json() == 1
    assert done == [1, 1, 2, 3]


def test_headers_status_and_cookies_are_set_on_the_response(client_for: ClientFactory) -> None:
    app = FastAPI()

    def mark(response: Response) -> None:
        response.headers["x-mark"] = "1"

    @app.get("/json", dependencies=[Depends(mark)])
    async def read(response: Response) -> int:
        response.status_code = 203
        response.set_cookie("a", "b")
        return 1

    @app.get("/html", response_class=HTMLResponse, dependencies=[Depends(mark)])
    async def page(response: Response) -> str:
        response.headers["content-type"] = "text/html; v=2"
        response.headers["content-length"] = "99"
        return "<p>"

    class Own(JSONResponse):
        media_type = "application/own+json"

    @app.get("/own", response_class=Own, status_code=201, dependencies=[Depends(mark)])
    async def own() -> Book:
        return BOOK

    client = client_for(app)
    for path, status in (("/json", 203), ("/html", 200), ("/own", 201)):
        response = client.get(path)
        assert (response.status_code, response.headers["x-mark"]) == (status, "1")
    assert client.get("/json").cookies["a"] == "b"
    assert client.get("/html").headers.get_list("content-type") == ["text/html; v=2"]
    assert client.get("/html").headers.get_list("content-length") == ["3"]
    assert client.get("/own").headers["content-type"] == "application/own+json"
    assert client.get("/own").json()["title"] == "Emma"


@pytest.mark.parametrize("response_class", [None, PlainTextResponse, Response])
def test_statuses_without_content_send_none(
    response_class: type[Response] | None, client_for: ClientFactory
) -> None:
    app = FastAPI()
    options: Any = {"response_class": response_class} if response_class else {}
    app.delete("/", status_code=204, **options)(lambda: None)

    response = client_for(app).delete("/")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-length" not in response.headers


def test_endpoint_that_is_annotated_to_return_nothing_may_have_a_status_without_content(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    @app.delete("/", status_code=204)
    def delete() -> None:
        return None

    assert client_for(app).delete("/").status_code == 204


def test_text_classes_send_text_bytes_and_nothing(client_for: ClientFactory) -> None:
    app = FastAPI(default_response_class=PlainTextResponse)
    app.get("/text")(lambda: "text")
    app.get("/bytes")(lambda: b"bytes")
    app.get("/none")(lambda: None)

    @app.get("/model")
    async def model() -> str:
        return "model"

    client = client_for(app)
    paths = ("/text", "/bytes", "/none", "/model")
    assert [client.get(path).text for path in paths] == ["text", "bytes", "", "model"]


def test_response_annotation_means_no_model() -> None:
    app = FastAPI()

    @app.get("/")
    async def read() -> JSONResponse: ...

    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    assert route.response_model is None


class Status(IntEnum):
    MADE = 201


def test_status_may_be_an_enumeration(client_for: ClientFactory) -> None:
    app = FastAPI()
    app.post("/", status_code=Status.MADE)(lambda: 1)
    assert client_for(app).post("/").status_code == 201


class Timed(APIRoute):
    """Adds a header, and answers errors of validation in its own way."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await original(Upper(request.scope, request.receive))
            except RequestValidationError as error:
                raise HTTPException(400, error.errors()[0]["msg"]) from error
            response.headers["x-timed"] = "1"
            return response

        return handle


class Upper(Request):
    async def body(self) -> bytes:
        return (await super().body()).upper()


def test_route_class_wraps_request_and_response(client_for: ClientFactory) -> None:
    app, log = FastAPI(), []
    router = APIRouter(route_class=Timed)

    async def resource() -> Any:
        yield "resource"
        log.append("closed")

    @router.post("/")
    async def read(
        text: Annotated[str, Body()], tasks: BackgroundTasks, resource: Any = Depends(resource)
    ) -> str:
        tasks.add_task(log.append, "task")
        return text

    @router.get("/plain")
    async def plain() -> Response:
        return PlainTextResponse("plain")

    app.include_router(router, prefix="/v1")
    client = client_for(app)

    response = client.post("/v1/", json="text")
    assert (response.json(), response.headers["x-timed"]) == ("TEXT", "1")
    assert log == ["task", "closed"]
    assert client.post("/v1/", json=[]).json() == {"detail": "Input should be a valid string"}
    assert client.get("/v1/plain").headers["x-timed"] == "1"


@pytest.mark.anyio
async def test_route_handler_can_be_called_with_a_request_alone() -> None:
    async def read(number: int) -> int:
        return number

    route = APIRoute("/", read)
    scope = {"type": "http", "headers": [], "query_string": b"number=3", "path_params": {}}

    response = await route.get_route_handler()(Request(scope))

    assert response.body == b"3"


def test_route_alone_is_an_application(client_for: ClientFactory) -> None:
    async def read(number: int) -> int:
        return number

    client = client_for(Starlette(routes=[APIRoute("/{number}", read)]))

    assert client.get("/3").json() == 3


def test_failing_file_is_answered_by_the_handler(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.exception_handler(RuntimeError)
    async def gone(request: Request, exc: RuntimeError) -> Response:
        return PlainTextResponse("gone", status_code=410)

    @app.get("/")
    async def read() -> Response:
        return FileResponse("no such file")

    assert client_for(app).get("/").status_code == 410


def test_exception_after_the_start_cannot_be_answered(client_for: ClientFactory) -> None:
    app = FastAPI()

    def broken() -> Any:
        yield "a"
        raise HTTPException(400)

    app.get("/")(lambda: StreamingResponse(broken()))

    with pytest.raises(RuntimeError, match="response already started"):
        client_for(app).get("/")


@pytest.mark.anyio
async def test_client_that_leaves_while_its_body_is_read_is_no_error() -> None:
    app = FastAPI()

    @app.post("/")
    async def read(item: dict[str, int]) -> None: ...

    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)  # pragma: no cover - nobody is there to be answered

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    await app(scope, receive, send)

    assert sent == []


def test_form_that_cannot_be_read_is_a_400(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(name: Annotated[str, Form()]) -> str:
        return name

    headers = {"content-type": "multipart/form-data"}
    client = client_for(app)
    assert client.post("/", data={"name": "Ada"}).json() == "Ada"
    response = client.post("/", content=b"x", headers=headers)
    assert (response.status_code, response.json()) == (
        400,
        {"detail": "Missing boundary in multipart."},
    )


def test_body_above_its_limit_is_a_413(client_for: ClientFactory) -> None:
    app = FastAPI(max_body_size=5)

    @app.post("/")
    async def read(item: list[int]) -> list[int]:
        return item

    app.post("/more", max_body_size=50)(read)
    client = client_for(app)
    assert client.post("/", json=[1, 2, 3, 4]).status_code == 413
    assert client.post("/more", json=[1, 2, 3, 4]).json() == [1, 2, 3, 4]


class NotAType:
    pass


@pytest.mark.parametrize(
    ("declare", "error", "says"),
    [
        (lambda app: app.get("/", status_code=204, response_model=int), DeclarationError, "204"),
        (lambda app: app.get("/", response_model=NotAType), FastAPIError, "Invalid args"),
        (lambda app: app.get("/", responses={404: []}), DeclarationError, "must be a dict"),
        (lambda app: app.get("/", max_body_size=-1), DeclarationError, "max_body_size"),
        (lambda app: app.get("/", max_body_size=True), DeclarationError, "max_body_size"),
        (lambda app: app.get("/", form_limits={"files": 1}), DeclarationError, "max_fields"),
        (lambda app: app.get("/", form_limits={"max_files": -1}), DeclarationError, "max_files"),
        (lambda app: app.get("/", status_cod=1), TypeError, "Did you mean 'status_code'"),
        (lambda app: app.get("/", zzz=1), TypeError, "'zzz'"),
    ],
)
def test_options_that_cannot_be_are_refused(
    declare: Callable[[FastAPI], Any], error: type[Exception], says: str
) -> None:
    def read() -> None: ...

    with pytest.raises(error, match=says):
        declare(FastAPI())(read)


def test_half_a_surrogate_pair_in_a_model_is_sent_as_its_escape(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    def echo(book: Book) -> Book:
        return book

    body = b'{"title": "\\ud800", "bookCode": "e1"}'
    headers = {"content-type": "application/json"}
    response = client_for(app).post("/", content=body, headers=headers)
    assert json.loads(response.content)["title"] == "\ud800"


def limited_application() -> FastAPI:
    app = FastAPI(max_body_size=10)

    @app.post("/json")
    def json(body: Annotated[str, Body()]) -> None: ...

    @app.post("/form")
    def form(field: Annotated[str, Form()]) -> None: ...

    @app.post("/file")
    def file(file: UploadFile) -> None: ...

    @app.post("/request")
    async def by_request(request: Request) -> int:
        return len(await request.body())

    @app.post("/wide", max_body_size=1000)
    async def wide(request: Request) -> int:
        return len(await request.body())

    return app


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/json", {"json": "x" * 11}),
        ("/form", {"data": {"field": "x" * 11}}),
        ("/file", {"files": {"file": b"x" * 11}}),
        ("/request", {"content": b"x" * 11}),
    ],
)
def test_bodies_of_every_kind_have_a_limit(
    path: str, content: dict[str, Any], client_for: ClientFactory
) -> None:
    answer = client_for(limited_application()).post(path, **content)
    assert (answer.status_code, answer.json()) == (413, {"detail": "Content Too Large"})


def test_a_larger_limit_of_an_operation_replaces_that_of_the_application(
    client_for: ClientFactory,
) -> None:
    client = client_for(limited_application())
    answers = [client.post("/wide", content=b"x" * size) for size in (1000, 1001)]
    assert [answer.status_code for answer in answers] == [200, 413]


def test_a_body_that_comes_in_parts_is_counted(client_for: ClientFactory) -> None:
    parts = iter([b"x" * 6, b"x" * 6])
    assert client_for(limited_application()).post("/request", content=parts).status_code == 413


def test_a_lenient_operation_takes_an_empty_content_type_for_none(
    client_for: ClientFactory,
) -> None:
    app = FastAPI(strict_content_type=False)

    @app.post("/")
    def read(body: dict[str, int]) -> dict[str, int]:
        return body

    answer = client_for(app).post("/", content=b'{"a": 1}', headers={"content-type": ""})
    assert answer.json() == {"a": 1}


def test_refused_json_is_told_in_the_words_of_python(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def create(names: list[str]) -> None: ...

    answer = client_for(app).post("/", json={"a": 1})
    assert answer.json()["detail"][0]["msg"] == "Input should be a valid list"


def test_handlers_of_the_package_can_be_called_by_others(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.exception_handler(HTTPException)
    async def refuse(request: Request, error: HTTPException) -> Response:
        response = await http_exception_handler(request, error)
        response.headers["x-path"] = request.url.path
        return response

    @app.exception_handler(RequestValidationError)
    async def refuse_data(request: Request, error: RequestValidationError) -> Response:
        response = await request_validation_exception_handler(request, error)
        response.status_code = 400
        return response

    @app.get("/")
    async def read(number: int) -> None:
        raise HTTPException(409, "busy")

    client = client_for(app)
    answer = client.get("/?number=1")
    assert (answer.json(), answer.headers["x-path"]) == ({"detail": "busy"}, "/")
    assert client.get("/").status_code == 400


def test_endpoint_may_return_a_response_whatever_class_is_declared(
    client_for: ClientFactory,
) -> None:
    class Shouting(PlainTextResponse):
        def render(self, content: Any) -> bytes:
            return str(content).upper().encode()

    app = FastAPI()

    @app.get("/", response_class=Shouting)
    async def read(quietly: bool = False) -> Any:
        return PlainTextResponse("quiet") if quietly else "loud"

    client = client_for(app)
    assert (client.get("/").text, client.get("/?quietly=1").text) == ("LOUD", "quiet")
