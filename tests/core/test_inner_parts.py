"""Inner parts that no request shows by itself."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from functools import partial, wraps
from typing import Annotated, Any

import pytest

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
    Path,
    Query,
    Request,
    Response,
)
from fastapi_lite._inspect import is_async_callable, is_generator, unwrap
from fastapi_lite._options import OMITTED
from fastapi_lite.background import BackgroundTask
from fastapi_lite.dependencies.calls import (
    Call,
    finish,
    leave_in_thread,
    leave_shielded,
    unwind,
)
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.exceptions import DeclarationError, RequestValidationError
from fastapi_lite.responses import PlainTextResponse, StreamingResponse
from fastapi_lite.routing import APIRoute
from fastapi_lite.routing.declarations import OperationDecorators
from fastapi_lite.routing.handlers import unsendable
from fastapi_lite.security import APIKeyHeader
from fastapi_lite.sending import begin
from tests.conftest import ClientFactory


async def coroutine() -> None: ...


def test_kind_of_a_callable_is_seen_through_wrappers() -> None:
    @wraps(coroutine)
    def wrapper() -> Any:
        return coroutine()  # pragma: no cover - only looked at

    assert is_async_callable(partial(partial(coroutine)))
    assert is_async_callable(wrapper)
    assert unwrap(partial(wrapper)) is coroutine
    assert not is_async_callable(int)
    assert not is_generator(coroutine)


def test_options_are_shown_as_keywords() -> None:
    parameters = inspect.signature(FastAPI.get).parameters
    assert parameters["status_code"].default is OMITTED
    assert repr(OMITTED) == "..."


@pytest.mark.parametrize("declare", [Path, Query, Header, Cookie, Body, Form, File])
@pytest.mark.parametrize("option", ["annotation", "min_lenght", "regexp"])
def test_unknown_option_of_a_parameter_is_refused(declare: Any, option: str) -> None:
    with pytest.raises(TypeError, match=rf"got an unexpected keyword argument '{option}'"):
        declare(**{option: int})


def test_decorators_leave_adding_to_the_class_they_are_mixed_into() -> None:
    with pytest.raises(NotImplementedError):
        OperationDecorators().get("/")(coroutine)
    with pytest.raises(NotImplementedError):
        OperationDecorators().websocket("/")(coroutine)
    with pytest.raises(NotImplementedError):
        OperationDecorators().frontend("/", directory=".")
    with pytest.raises(NotImplementedError):
        OperationDecorators().add_websocket_route("/", coroutine)


@pytest.mark.anyio
async def test_stop_of_iteration_that_is_thrown_in_leaves_as_it_is() -> None:
    class Entered:
        """A generator as Python would run it, but for turning the stop into another error."""

        async def athrow(self, error: BaseException) -> None:
            raise error

        def throw(self, error: BaseException) -> None:
            raise error

    stop = StopAsyncIteration()
    assert await unwind([(Entered(), None)], stop) is stop
    with pytest.raises(StopIteration):
        finish(Entered(), StopIteration())  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_clean_ups_run_in_the_opposite_order_and_may_replace_the_error() -> None:
    order: list[str] = []

    async def outer() -> AsyncIterator[None]:
        try:
            yield
        except KeyError:
            order.append("outer saw KeyError")

    def inner() -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            order.append("inner saw ValueError")
            raise KeyError from error

    first, second = outer(), inner()
    await anext(first)
    next(second)

    entered = [(first, leave_shielded), (second, leave_in_thread)]
    assert await unwind(entered, ValueError()) is None
    assert order == ["inner saw ValueError", "outer saw KeyError"]


def test_state_of_a_request_is_made_once() -> None:
    async def nothing(message: Any = None) -> Any: ...

    call = Call({"type": "http", "headers": []}, nothing, nothing)

    assert call.tasks is call.tasks
    assert call.response is call.response
    assert call.connection is call.connection
    assert begin(nothing) is nothing


def test_security_schemes_among_the_dependencies_are_known() -> None:
    scheme = APIKeyHeader(name="x-key")

    def read(key: str = Depends(scheme), other: None = Depends(coroutine)) -> None: ...

    dependant = get_dependant(path="/", call=read)

    assert [one.security_scheme for one in dependant.security_dependencies] == [scheme]


def test_body_that_only_the_standard_library_can_read_is_read(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/alone")
    async def alone(item: dict[str, Any]) -> int:
        return depth(item)

    @app.post("/beside")
    async def beside(item: dict[str, Any], more: int = 0) -> int:
        return depth(item) + more

    text = '{"a":' * 300 + "1" + "}" * 300
    headers = {"content-type": "application/json"}
    client = client_for(app)
    assert client.post("/alone", content=text, headers=headers).json() == 300
    assert client.post("/beside?more=1", content=text, headers=headers).json() == 301


def depth(item: Any) -> int:
    return 1 + depth(item["a"]) if isinstance(item, dict) else 0


def test_defaults_are_made_anew_for_each_request(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(
        tags: Annotated[list[str], Query()] = [],  # noqa: B006 - what is tested
        words: Annotated[list[str], Query(default_factory=list)] = ...,  # type: ignore[assignment]
        theme: Annotated[str, Cookie()] = "dark",
    ) -> list[Any]:
        tags.append(theme)
        return [tags, words]

    client = client_for(app)
    assert [client.get("/").json() for _ in range(2)] == [[["dark"], []]] * 2
    assert client.get("/?tags=a&words=b").json() == [["a", "dark"], ["b"]]


def test_only_routers_are_included() -> None:
    with pytest.raises(DeclarationError, match="Mount other applications"):
        FastAPI().include_router(FastAPI())  # type: ignore[arg-type]  # what is wrong here


def test_limits_of_forms_are_numbers(client_for: ClientFactory) -> None:
    app = FastAPI(form_limits={"max_fields": 1, "max_files": 0})

    @app.post("/", form_limits={"max_fields": 2})
    async def read(request: Request) -> int:
        return len(await request.form())

    assert client_for(app).post("/", data={"a": "1", "b": "2"}).json() == 2


def test_id_of_an_operation_can_be_set_afterwards() -> None:
    route = APIRoute("/", coroutine)
    route.unique_id = "own"
    assert (route.unique_id, route.operation_id) == ("own", "own")


def test_plain_functions_are_added_to_a_router_by_decorators(client_for: ClientFactory) -> None:
    app, router = FastAPI(), APIRouter()

    @router.route("/plain", methods=["GET"])
    def plain(request: Request) -> Response:
        return PlainTextResponse("plain")

    with pytest.warns(DeprecationWarning, match="websocket_route"):

        @router.websocket_route("/ws")
        async def greet(websocket: Any) -> None:
            await websocket.accept()
            await websocket.send_text("hello")
            await websocket.close()

    app.include_router(router, prefix="/v1")
    client = client_for(app)
    assert client.get("/v1/plain").text == "plain"
    with client.websocket_connect("/v1/ws") as session:
        assert session.receive_text() == "hello"


def test_error_while_sending_is_thrown_into_the_dependencies(client_for: ClientFactory) -> None:
    app, seen = FastAPI(), []

    async def resource() -> AsyncIterator[None]:
        try:
            yield
        except ValueError:
            seen.append("ValueError")
            raise

    def broken() -> Iterator[str]:
        yield "a"
        raise ValueError("torn")

    @app.get("/")
    async def read(resource: None = Depends(resource)) -> Response:
        return StreamingResponse(broken())

    with pytest.raises(ValueError, match="torn"):
        client_for(app).get("/")
    assert seen == ["ValueError"]


def test_task_of_a_returned_response_stays(client_for: ClientFactory) -> None:
    app, done = FastAPI(), []

    @app.get("/")
    async def read(tasks: BackgroundTasks) -> Response:
        tasks.add_task(done.append, "injected")
        return PlainTextResponse("", background=BackgroundTask(done.append, "own"))

    client_for(app).get("/")
    assert done == ["own"]


def test_synchronous_route_handler_runs_in_a_thread(client_for: ClientFactory) -> None:
    class Plain(APIRoute):
        def get_route_handler(self) -> Any:
            return lambda request: PlainTextResponse(request.method)

    app = FastAPI()
    app.router.route_class = Plain
    app.get("/")(lambda: None)

    assert client_for(app).get("/").text == "GET"


@pytest.mark.anyio
async def test_request_alone_cannot_be_sent_to() -> None:
    with pytest.raises(RuntimeError, match="only a request"):
        await unsendable()


def test_errors_name_a_callable_object_too(client_for: ClientFactory) -> None:
    class Endpoint:
        async def __call__(self, number: int) -> int:
            return number

    app, seen = FastAPI(), []

    @app.exception_handler(RequestValidationError)
    async def keep(request: Request, exc: RequestValidationError) -> Response:
        seen.append((exc.endpoint_function, exc.endpoint_file))
        return PlainTextResponse("", status_code=422)

    app.add_api_route("/", Endpoint())

    client = client_for(app)
    assert client.get("/?number=1").json() == 1
    assert client.get("/").status_code == 422
    assert seen == [("Endpoint", None)]


def test_route_alone_is_compiled_once(client_for: ClientFactory) -> None:
    route = APIRoute("/", coroutine)
    client = client_for(route.app)

    assert [client.get("/").status_code for _ in range(2)] == [200, 200]
