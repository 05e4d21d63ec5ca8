"""Functions of `routing` that other packages replace: the operations go through the replacement."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

import fastapi_lite
from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    File,
    HTTPException,
    Query,
    Request,
    Response,
    UploadFile,
    WebSocket,
    WebSocketDisconnect,
    routing,
)
from fastapi_lite.applications import Starlette
from fastapi_lite.background import BackgroundTask
from fastapi_lite.dependencies.utils import get_dependant, solve_dependencies
from fastapi_lite.exceptions import FastAPIError, ResponseValidationError
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware
from fastapi_lite.routing import Route, Router, WebSocketRoute
from fastapi_lite.templating import Jinja2Templates
from fastapi_lite.types import ASGIApp
from fastapi_lite.utils import create_model_field
from tests.conftest import ClientFactory


class Item(BaseModel):
    name: str
    price: float = 1


EVENTS: list[str] = []


def connection() -> Iterator[str]:
    EVENTS.append("open")
    yield "connection"
    EVENTS.append("close")


def shop() -> FastAPI:
    """An application whose operations are compiled on their first request."""
    app = FastAPI(openapi_url=None)
    router = APIRouter(prefix="/shop", strict_content_type=False, form_limits={"max_fields": 1})
    EVENTS.clear()

    @router.post("/{shelf}", status_code=201)
    def add(
        shelf: int,
        item: Item,
        db: Annotated[str, Depends(connection)],
        response: Response,
        tasks: BackgroundTasks,
    ) -> Item:
        response.headers["x-shelf"] = str(shelf)
        tasks.add_task(EVENTS.append, "task")
        EVENTS.append(db)
        return item

    @router.get("/")
    async def stock() -> list[int]:
        return [1, 2]

    @router.put("/")
    async def upload(file: UploadFile) -> str | None:
        return file.filename

    app.include_router(router)
    return app


GOOD = {"name": "pen"}


def replace(monkeypatch: pytest.MonkeyPatch, name: str) -> list[dict[str, Any]]:
    """Replace a function by one that calls it; the keywords of all calls."""
    seen: list[dict[str, Any]] = []
    replaced = getattr(routing, name)

    def replacement(*args: Any, **kwargs: Any) -> Any:
        seen.append(kwargs)
        return replaced(*args, **kwargs)

    monkeypatch.setattr(routing, name, replacement)
    return seen


NAMES = (
    "get_request_handler",
    "solve_dependencies",
    "run_endpoint_function",
    "request_response",
)
replaced_one = pytest.mark.parametrize("name", NAMES)


@replaced_one
def test_operation_goes_through_the_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    seen = replace(monkeypatch, name)

    client_for(shop()).get("/shop/")

    assert len(seen) == 1


@replaced_one
def test_answer_is_the_same_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    replace(monkeypatch, name)

    answer = client_for(shop()).post("/shop/7", json=GOOD)

    assert (answer.status_code, answer.headers["x-shelf"], answer.json()) == (
        201,
        "7",
        {"name": "pen", "price": 1},
    )


@replaced_one
def test_clean_up_and_tasks_come_in_order_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    replace(monkeypatch, name)

    client_for(shop()).post("/shop/7", json=GOOD)

    assert EVENTS == ["open", "connection", "task", "close"]


@replaced_one
def test_errors_are_the_same_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    expected = client_for(shop()).post("/shop/x", json={}).json()
    replace(monkeypatch, name)

    answer = client_for(shop()).post("/shop/x", json={})

    assert (answer.status_code, answer.json()) == (422, expected)


@replaced_one
def test_limits_of_forms_hold_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    replace(monkeypatch, name)

    answer = client_for(shop()).put(
        "/shop/", data={"a": "1", "b": "2"}, files={"file": ("pen.txt", b"")}
    )

    assert answer.json() == {"detail": "Too many fields. Maximum number of fields is 1."}


def test_form_is_read_and_closed_where_dependencies_are_solved_by_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(monkeypatch, "solve_dependencies")

    answer = client_for(shop()).put("/shop/", files={"file": ("pen.txt", b"ink")})

    assert answer.json() == "pen.txt"


def test_overrides_hold_where_dependencies_are_solved_by_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(monkeypatch, "solve_dependencies")
    app = shop()
    app.dependency_overrides[connection] = lambda: "double"

    client_for(app).post("/shop/7", json=GOOD)

    assert EVENTS == ["double", "task"]


def test_handler_by_itself_answers_where_dependencies_are_solved_by_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(monkeypatch, "solve_dependencies")
    route = shop().router.routes[-1].routes[1]  # type: ignore[attr-defined]  # the inclusion's

    async def answer(request: Request) -> Response:
        made: Response = await route.get_route_handler()(request)
        return made

    app = Router([Route("/", answer)])

    assert client_for(app).get("/").json() == [1, 2]


def test_synchronous_function_of_a_route_goes_through_the_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = replace(monkeypatch, "request_response")

    client_for(Router([Route("/", lambda request: Response("hi"))])).get("/")

    assert len(seen) == 1


def handler(dependant: Any, **options: Any) -> Any:
    return routing.get_request_handler(dependant, **options)


def test_handler_is_made_of_a_dependant_alone(client_for: ClientFactory) -> None:
    async def greet(name: str) -> str:
        return name

    serve = handler(get_dependant(path="/", call=greet), strict_content_type=False)

    assert client_for(Router([Route("/", serve)])).get("/?name=ada").json() == "ada"


def test_handler_limits_the_forms_it_reads(client_for: ClientFactory) -> None:
    async def upload(files: Annotated[list[UploadFile], File()]) -> None: ...

    serve = handler(get_dependant(path="/", call=upload), form_limits={"max_files": 1})
    client = client_for(Router([Route("/", serve, methods=["POST"])]))

    with pytest.raises(HTTPException, match="There was an error parsing the body"):
        client.post("/", files=[("files", b"a"), ("files", b"b")])


@pytest.mark.anyio
async def test_dependencies_are_solved_outside_an_application() -> None:
    def double(number: int, db: Annotated[str, Depends(connection)]) -> str:
        return f"{number} {db}"

    async def endpoint(text: Annotated[str, Depends(double)]) -> None: ...

    EVENTS.clear()
    request = Request({"type": "http", "query_string": b"number=3", "headers": []})
    async with AsyncExitStack() as stack:
        solved = await solve_dependencies(
            request=request,
            dependant=get_dependant(path="/", call=endpoint),
            async_exit_stack=stack,
        )
        assert (solved.values, EVENTS) == ({"text": "3 connection"}, ["open"])
    assert EVENTS == ["open", "close"]


@pytest.mark.anyio
async def test_clean_up_that_fails_leaves_the_stack_of_solved_dependencies() -> None:
    def failing() -> Iterator[None]:
        yield
        raise LookupError("gone")

    async def endpoint(nothing: Annotated[None, Depends(failing)]) -> None: ...

    stack = AsyncExitStack()
    await solve_dependencies(
        request=Request({"type": "http", "query_string": b"", "headers": []}),
        dependant=get_dependant(path="/", call=endpoint),
        async_exit_stack=stack,
    )

    with pytest.raises(LookupError, match="gone"):
        await stack.aclose()


def greeting() -> FastAPI:
    app = FastAPI()
    EVENTS.clear()

    @app.websocket("/{name}")
    async def greet(
        websocket: WebSocket, name: str, times: int, db: Annotated[str, Depends(connection)]
    ) -> None:
        await websocket.accept()
        await websocket.send_text(f"{name} " * times + db)
        await websocket.close()

    return app


replaced_socket = pytest.mark.parametrize(
    "name", ["get_websocket_app", "solve_dependencies", "websocket_session"]
)


@replaced_socket
def test_websocket_goes_through_the_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    seen = replace(monkeypatch, name)

    with client_for(greeting()).websocket_connect("/ada?times=2") as session:
        text = session.receive_text()

    assert (text, len(seen)) == ("ada ada connection", 1)


@replaced_socket
def test_websocket_is_cleaned_up_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    replace(monkeypatch, name)

    with client_for(greeting()).websocket_connect("/ada?times=1") as session:
        session.receive_text()

    assert EVENTS == ["open", "close"]


@replaced_socket
def test_websocket_is_refused_alike_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    replace(monkeypatch, name)
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client_for(greeting()).websocket_connect("/ada?times=x"),
    ):
        raise AssertionError  # pragma: no cover - never accepted

    assert (refused.value.code, refused.value.reason.split(":")[0]) == (1008, "query.times")


def test_overrides_hold_in_a_websocket_through_a_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(monkeypatch, "get_websocket_app")
    app = greeting()
    app.dependency_overrides[connection] = lambda: "double"

    with client_for(app).websocket_connect("/ada?times=1") as session:
        assert session.receive_text() == "ada double"


def test_websocket_is_made_of_a_dependant_alone(client_for: ClientFactory) -> None:
    async def greet(websocket: WebSocket, name: str) -> None:
        await websocket.accept()
        await websocket.send_text(name)
        await websocket.close()

    serve = routing.get_websocket_app(get_dependant(path="/", call=greet))
    app = Router([WebSocketRoute("/", serve)])

    with client_for(app).websocket_connect("/?name=ada") as session:
        assert session.receive_text() == "ada"


def test_plain_websocket_goes_through_the_replacement(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def greet(websocket: WebSocket) -> None: ...

    seen = replace(monkeypatch, "websocket_session")
    Router([WebSocketRoute("/", greet)])

    assert len(seen) == 1


# Methods that other packages replace on the classes themselves


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[str]:
    """Replace a method by one that calls it; a name for each call."""
    calls: list[str] = []
    replaced = getattr(owner, name)

    def replacement(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return replaced(self, *args, **kwargs)

    monkeypatch.setattr(owner, name, replacement)
    return calls


@pytest.mark.parametrize("kind", [Starlette, FastAPI])
def test_call_of_starlette_can_be_replaced_for_every_application(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, kind: type[Starlette]
) -> None:
    calls = count_calls(monkeypatch, Starlette, "__call__")
    client_for(kind()).get("/")
    assert calls == ["__call__"]


def test_call_of_a_background_task_can_be_replaced(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = count_calls(monkeypatch, BackgroundTask, "__call__")
    client_for(shop()).post("/shop/7", json=GOOD)
    assert calls == ["__call__"]


def test_making_of_middleware_can_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_calls(monkeypatch, Middleware, "__init__")
    FastAPI().add_middleware(HTTPSRedirectMiddleware)
    assert calls == ["__init__"]


def test_making_of_templates_can_be_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = count_calls(monkeypatch, Jinja2Templates, "__init__")
    Jinja2Templates(directory=tmp_path)
    assert calls == ["__init__"]


def test_subclass_can_stand_in_for_the_application(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Instrumented(FastAPI):
        def build_middleware_stack(self) -> ASGIApp:
            self.built = True
            return super().build_middleware_stack()

    monkeypatch.setattr(fastapi_lite, "FastAPI", Instrumented)
    app = fastapi_lite.FastAPI()
    client_for(app).get("/")

    assert app.built  # type: ignore[attr-defined]  # of the class that stands in


# Fields, as packages make them


def test_field_validates_and_serialises() -> None:
    field = create_model_field("item", Item, default=None, alias="thing")
    read = field.adapter.validate_python({"name": "pen"})
    assert (field.alias, field.default, field.adapter.dump_python(read)) == (
        "thing",
        None,
        {"name": "pen", "price": 1.0},
    )


def test_field_gives_a_value_or_errors() -> None:
    field = create_model_field("count", int)
    value, errors = field.validate("x", loc=("body", "count"))
    assert field.validate("3") == (3, [])
    assert (value, [(error["type"], error["loc"]) for error in errors]) == (
        None,
        [("int_parsing", ("body", "count"))],
    )


class Priced(BaseModel):
    price: float = Field(serialization_alias="cost")
    note: str | None = None


def test_field_serialises_by_alias_and_as_told() -> None:
    field, value = create_model_field("item", Priced), Priced(price=2)
    assert (
        field.serialize(value),
        field.serialize(value, by_alias=False, exclude_none=True),
        field.serialize_json(value, exclude_unset=True),
    ) == ({"cost": 2.0, "note": None}, {"price": 2.0}, b'{"cost":2.0}')


def test_field_takes_its_declaration() -> None:
    field = create_model_field("count", int, field_info=Query(default=3, ge=1))
    assert (field.default, field.adapter.json_schema()) == (3, {"type": "integer", "minimum": 1})


def test_field_of_what_cannot_be_validated_is_refused() -> None:
    with pytest.raises(FastAPIError, match="thing"):
        create_model_field("thing", Router)


def item_field() -> Any:
    app = FastAPI()
    app.get("/", response_model=Item)(lambda: None)
    return app.routes[-1].response_field  # type: ignore[attr-defined]  # an APIRoute's


@pytest.mark.anyio
async def test_response_is_serialised_by_its_field() -> None:
    content = await routing.serialize_response(
        field=item_field(), response_content=Item(name="pen"), exclude_unset=True
    )
    assert content == {"name": "pen"}


@pytest.mark.anyio
async def test_response_is_serialised_to_bytes() -> None:
    content = await routing.serialize_response(
        field=item_field(), response_content={"name": "pen"}, dump_json=True
    )
    assert content == b'{"name":"pen","price":1.0}'


@pytest.mark.anyio
async def test_response_without_field_is_serialised_by_what_it_is() -> None:
    assert await routing.serialize_response(response_content={1}) == [1]


@pytest.mark.anyio
async def test_response_that_does_not_fit_names_its_endpoint() -> None:
    with pytest.raises(ResponseValidationError) as raised:
        await routing.serialize_response(
            field=item_field(), response_content=3, endpoint_ctx={"function": "read"}
        )
    assert raised.value.endpoint_function == "read"
