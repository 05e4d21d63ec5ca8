"""Dependencies: kinds, order, sharing, clean-up, overrides."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from functools import partial, wraps
from typing import Annotated, Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import pytest

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    Form,
    HTTPException,
    Query,
    Request,
    Response,
    Security,
    WebSocket,
)
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.exceptions import DeclarationError, DependencyScopeError, FastAPIError
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import JSONResponse
from fastapi_lite.security import SecurityScopes
from tests.conftest import ClientFactory
from tests.driving import body_of, exchange, http_scope


class Count:
    def __init__(self, start: int = 1) -> None:
        self.start = start

    def __call__(self, step: int = 1) -> int:
        return self.start + step

    async def later(self, step: int = 2) -> int:
        return self.start + step


def test_every_kind_of_callable_is_a_dependency(client_for: ClientFactory) -> None:
    app, ten = FastAPI(), Count(10)

    def generator() -> Iterator[str]:
        yield "generator"

    async def async_generator() -> AsyncIterator[str]:
        yield "async generator"

    def original(word: str = "wrapped") -> str:
        return word

    @wraps(original)
    def wrapper(*args: Any, **kwargs: Any) -> str:
        return original(*args, **kwargs)

    @app.get("/")
    async def read(
        made: Annotated[Count, Depends()],
        called: int = Depends(ten),
        method: int = Depends(ten.later),
        bound: str = Depends(partial(original, word="partial")),
        wrapped: str = Depends(wrapper),
        first: str = Depends(generator),
        second: str = Depends(async_generator),
    ) -> list[Any]:
        return [made.start, called, method, bound, wrapped, first, second]

    assert client_for(app).get("/?start=5&step=7").json() == [
        *(5, 17, 17, "partial", "wrapped", "generator", "async generator")
    ]


def test_one_call_serves_all_who_need_it_unless_told(client_for: ClientFactory) -> None:
    app, calls = FastAPI(), []

    def number() -> int:
        calls.append(1)
        return len(calls)

    def doubled(value: int = Depends(number)) -> int:
        return 2 * value

    @app.get("/")
    async def read(
        a: int = Depends(number),
        b: int = Depends(doubled),
        c: int = Depends(number, use_cache=False),
    ) -> list[int]:
        return [a, b, c]

    assert client_for(app).get("/").json() == [1, 2, 2]


def test_dependencies_of_application_router_and_route_run_in_this_order(
    client_for: ClientFactory,
) -> None:
    order: list[str] = []

    def named(name: str) -> Any:
        return Depends(lambda: order.append(name))

    app = FastAPI(dependencies=[named("application")])
    router = APIRouter(dependencies=[named("router")])

    @router.get("/", dependencies=[named("route")])
    async def read(own: Any = named("own")) -> None:
        order.append("endpoint")

    app.include_router(router, prefix="/x", dependencies=[named("inclusion")])
    client_for(app).get("/x/")

    assert order == ["application", "inclusion", "router", "route", "own", "endpoint"]


def test_dependency_that_can_run_does_before_the_errors(client_for: ClientFactory) -> None:
    app = FastAPI()

    async def authorised(key: str = "") -> None:
        if key != "secret":
            raise HTTPException(401, "who are you?")

    @app.get("/", dependencies=[Depends(authorised)])
    async def read(number: int) -> int:
        return number

    client = client_for(app)
    assert client.get("/?number=x").status_code == 401
    assert client.get("/?number=x&key=secret").status_code == 422
    assert client.get("/?number=1&key=secret").json() == 1


def test_errors_of_a_shared_dependency_are_listed_where_it_is_needed(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    def page(limit: int) -> int:
        return limit

    def pages(limit: int = Depends(page)) -> int:
        return limit

    @app.get("/")
    async def read(a: int = Depends(page), b: int = Depends(pages), n: int = 0) -> int:
        return a + b + n

    client = client_for(app)
    detail = client.get("/?n=x").json()["detail"]
    assert [one["loc"] for one in detail] == [["query", "limit"]] * 2 + [["query", "n"]]
    assert client.get("/?limit=2&n=1").json() == 5


def test_good_dependency_runs_once_though_the_request_is_refused(
    client_for: ClientFactory,
) -> None:
    app, calls = FastAPI(), []

    def shared() -> None:
        calls.append(1)

    def user(nothing: None = Depends(shared)) -> None: ...

    @app.get("/")
    async def read(n: int, a: None = Depends(shared), b: None = Depends(user)) -> None: ...

    assert client_for(app).get("/").status_code == 422
    assert calls == [1]


Log = list[str]


def tracked(log: Log) -> Any:
    async def resource() -> AsyncIterator[str]:
        log.append("open")
        try:
            yield "resource"
        except Exception as error:
            log.append(type(error).__name__)
            raise
        finally:
            log.append("close")

    return resource


def test_clean_up_runs_after_the_response_and_its_tasks(client_for: ClientFactory) -> None:
    app, log = FastAPI(), Log()

    @app.get("/")
    async def read(tasks: BackgroundTasks, resource: str = Depends(tracked(log))) -> str:
        tasks.add_task(log.append, "task")
        return resource

    client_for(app).get("/")
    assert log == ["open", "task", "close"]


def test_clean_up_of_function_scope_runs_before_the_response(client_for: ClientFactory) -> None:
    app, log = FastAPI(), Log()

    @app.get("/")
    async def read(
        tasks: BackgroundTasks, resource: str = Depends(tracked(log), scope="function")
    ) -> str:
        tasks.add_task(log.append, "task")
        return resource

    client_for(app).get("/")
    assert log == ["open", "close", "task"]


def test_exception_of_the_endpoint_is_thrown_into_the_dependency(
    client_for: ClientFactory,
) -> None:
    app, log = FastAPI(), Log()

    @app.get("/")
    async def read(resource: str = Depends(tracked(log))) -> str:
        raise HTTPException(409)

    assert client_for(app).get("/").status_code == 409
    assert log == ["open", "HTTPException", "close"]


@pytest.mark.anyio
@pytest.mark.parametrize("awaits", [True, False])
async def test_clean_up_runs_to_its_end_though_the_request_is_cancelled(awaits: bool) -> None:
    app, log = FastAPI(), Log()

    async def awaiting() -> AsyncIterator[None]:
        try:
            yield
        finally:
            await anyio.lowlevel.checkpoint()
            log.append("closed")

    async def quick() -> AsyncIterator[None]:
        try:
            yield
        finally:
            log.append("closed")

    @app.get("/", dependencies=[Depends(awaiting if awaits else quick)])
    async def wait() -> None:
        request.cancel()
        await anyio.sleep_forever()

    with anyio.CancelScope() as request:
        await exchange(app)
    assert log == ["closed"]


def test_arguments_go_where_the_function_takes_them(client_for: ClientFactory) -> None:
    app = FastAPI()

    def by_keyword(function: Any) -> Any:
        @wraps(function)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            return [len(args), sorted(kwargs), await function(*args, **kwargs)]

        return wrapper

    @app.get("/wrapped")
    @by_keyword
    async def wrapped(a: int, b: str = "b") -> Any:
        return [a, b]

    @app.get("/by-name")
    async def by_name(b: str, *, a: int, c: int = 3) -> Any:
        return [a, b, c]

    @app.get("/by-position")
    async def by_position(b: str, request: Request, a: int, c: int = 3) -> Any:
        return [a, b, c]

    client = client_for(app)
    assert client.get("/wrapped?a=1").json() == [0, ["a", "b"], [1, "b"]]
    assert client.get("/by-name?a=1&b=x").json() == [1, "x", 3]
    assert client.get("/by-position?a=1&b=x&c=4").json() == [1, "x", 4]


def test_synchronous_generator_cleans_up_in_a_thread(client_for: ClientFactory) -> None:
    app, log = FastAPI(), Log()

    def resource() -> Iterator[str]:
        try:
            yield "resource"
        except ValueError:
            log.append("ValueError")
            raise HTTPException(400, "replaced") from None
        finally:
            log.append("close")

    @app.get("/fail")
    def fail(resource: str = Depends(resource)) -> None:
        raise ValueError

    @app.get("/")
    def read(resource: str = Depends(resource, scope="function")) -> str:
        return resource

    client = client_for(app)
    assert client.get("/fail").json() == {"detail": "replaced"}
    assert client.get("/").json() == "resource"
    assert log == ["ValueError", "close", "close"]


def test_dependency_that_swallows_the_exception_leaves_no_response(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    async def careless(kind: str) -> AsyncIterator[None]:
        with contextlib.suppress(ValueError):
            yield

    def careless_too() -> Iterator[None]:
        with contextlib.suppress(ValueError):
            yield

    @app.get("/")
    async def read(nothing: None = Depends(careless)) -> None:
        raise ValueError

    @app.get("/sync")
    async def read_sync(nothing: None = Depends(careless_too, scope="function")) -> None:
        raise ValueError

    client = client_for(app)
    for path in ("/?kind=x", "/sync"):
        with pytest.raises(FastAPIError, match="No response object was returned"):
            client.get(path)


def test_generator_must_yield_once(client_for: ClientFactory) -> None:
    app = FastAPI()

    async def never() -> AsyncIterator[None]:
        if False:
            yield

    def never_sync() -> Iterator[None]:
        if False:
            yield

    async def twice() -> AsyncIterator[None]:
        yield
        yield

    def twice_sync() -> Iterator[None]:
        yield
        yield

    for number, dependency in enumerate((never, never_sync, twice, twice_sync)):
        app.get(f"/{number}", dependencies=[Depends(dependency)])(lambda: None)
    client = client_for(app)

    for number, message in enumerate(["did not yield"] * 2 + ["a second time"] * 2):
        with pytest.raises(RuntimeError, match=message):
            client.get(f"/{number}")


def test_stop_of_iteration_in_an_endpoint_reaches_the_server(client_for: ClientFactory) -> None:
    app = FastAPI()

    async def resource() -> AsyncIterator[None]:
        yield

    @app.get("/")
    async def read(nothing: None = Depends(resource)) -> None:
        raise StopAsyncIteration

    with pytest.raises((RuntimeError, StopAsyncIteration)):
        client_for(app).get("/")


def test_form_is_closed_after_the_request(client_for: ClientFactory) -> None:
    app, forms = FastAPI(), []

    async def keep(request: Request) -> None:
        forms.append(await request.form())

    @app.post("/")
    async def read(name: Annotated[str, Form()], nothing: None = Depends(keep)) -> str:
        return name

    response = client_for(app).post("/", data={"name": "Ada"}, files={"f": ("a", b"x")})
    assert response.json() == "Ada"
    assert forms[0]["f"].file.closed


def test_overrides_replace_a_dependency_until_they_are_taken_away(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    def user() -> str:
        return "real"

    def shared(word: str = Depends(user)) -> str:
        return word

    async def fake(name: Annotated[str, Query()], suffix: str = "!") -> AsyncIterator[str]:
        yield name + suffix

    @app.get("/")
    async def read(user: str = Depends(user), again: str = Depends(shared)) -> list[str]:
        return [user, again]

    client = client_for(app)
    app.dependency_overrides[user] = fake
    assert client.get("/").status_code == 422
    assert client.get("/?name=a").json() == ["a!", "a!"]
    app.dependency_overrides = {user: lambda: "other"}
    assert client.get("/").json() == ["other", "other"]
    app.dependency_overrides.clear()
    assert client.get("/").json() == ["real", "real"]


def test_override_may_take_a_body(client_for: ClientFactory) -> None:
    app = FastAPI()

    def payload() -> dict[str, int]:
        raise NotImplementedError

    def from_body(item: dict[str, int]) -> dict[str, int]:
        return item

    @app.post("/")
    async def read(payload: dict[str, int] = Depends(payload)) -> dict[str, int]:
        return payload

    client = client_for(app)
    with pytest.raises(NotImplementedError):
        client.post("/")
    app.dependency_overrides[payload] = from_body
    assert client.post("/", json={"a": 1}).json() == {"a": 1}


def test_framework_gives_what_is_asked_for_by_type(client_for: ClientFactory) -> None:
    app = FastAPI()

    async def given(
        request: Request, connection: HTTPConnection, response: Response, tasks: BackgroundTasks
    ) -> bool:
        response.headers["x-same"] = str(request is connection)
        return isinstance(tasks, BackgroundTasks)

    @app.get("/")
    async def read(is_given: bool = Depends(given)) -> bool:
        return is_given

    response = client_for(app).get("/")
    assert (response.json(), response.headers["x-same"]) == (True, "True")


def test_security_scopes_are_collected_on_the_way(client_for: ClientFactory) -> None:
    app = FastAPI()

    def user(scopes: SecurityScopes) -> list[str]:
        return scopes.scopes

    def admin(user: list[str] = Security(user, scopes=["admin"])) -> list[str]:
        return user

    @app.get("/")
    async def read(
        a: list[str] = Security(admin, scopes=["me"]), b: list[str] = Security(user, scopes=["x"])
    ) -> list[list[str]]:
        return [a, b]

    assert client_for(app).get("/").json() == [["me", "admin"], ["x"]]


def test_dependencies_of_a_websocket_are_cleaned_up(client_for: ClientFactory) -> None:
    app, log = FastAPI(), Log()

    @app.websocket("/", dependencies=[Depends(tracked(log), scope="function")])
    async def echo(websocket: WebSocket, resource: str = Depends(tracked(log))) -> None:
        await websocket.accept()
        await websocket.send_text(resource)
        await websocket.close()

    with client_for(app).websocket_connect("/") as session:
        assert session.receive_text() == "resource"
    assert log == ["open", "open", "close", "close"]


def test_dependency_that_needs_itself_is_refused() -> None:
    def first(second: Any = Depends(lambda: None)) -> None: ...

    first.__defaults__ = (Depends(first),)

    with pytest.raises(DeclarationError, match=r"needs itself: .*first → .*first"):
        get_dependant(path="/", call=first)


def test_dependency_cannot_outlive_one_it_needs() -> None:
    def short() -> Iterator[None]:
        yield  # pragma: no cover - never called

    def long(short: None = Depends(short, scope="function")) -> Iterator[None]:
        yield  # pragma: no cover - never called

    with pytest.raises(DependencyScopeError, match='The dependency "long"'):
        get_dependant(path="/", call=long)


def test_dependency_without_a_callable_is_refused() -> None:
    app = FastAPI()

    with pytest.raises(DeclarationError, match="callable"):
        app.get("/", dependencies=[Depends()])(lambda: None)


VISITOR: ContextVar[str] = ContextVar("visitor", default="nobody")


def test_context_variable_of_a_synchronous_dependency_is_seen_afterwards(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    def set_visitor() -> None:
        VISITOR.set("ada")

    @app.get("/", dependencies=[Depends(set_visitor)])
    async def visitor() -> str:
        return VISITOR.get()

    assert client_for(app).get("/").json() == "ada"


def test_context_variable_of_a_dependency_that_raises_is_seen_by_the_handler(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse(VISITOR.get())

    def refuse() -> None:
        VISITOR.set("eve")
        raise LookupError

    @app.get("/", dependencies=[Depends(refuse)])
    async def never() -> None: ...

    assert client_for(app).get("/").json() == "eve"


def test_context_variable_set_in_a_thread_stays_in_its_request(client_for: ClientFactory) -> None:
    app = FastAPI()

    def set_visitor(name: str | None = None) -> None:
        if name:
            VISITOR.set(name)

    @app.get("/", dependencies=[Depends(set_visitor)])
    async def visitor() -> str:
        return VISITOR.get()

    client = client_for(app)
    client.get("/?name=ada")
    assert client.get("/").json() == "nobody"


@pytest.mark.anyio
async def test_endpoints_that_block_every_thread_leave_some_to_dependencies() -> None:
    app = FastAPI()

    def needed() -> str:
        return "needed"

    @app.get("/")
    async def read(found: str = Depends(needed)) -> str:
        return found

    threads = anyio.to_thread.current_default_thread_limiter()
    blocked = [object() for _ in range(int(threads.total_tokens))]
    for one in blocked:
        threads.acquire_on_behalf_of_nowait(one)
    try:
        with anyio.fail_after(30):
            sent = await exchange(app, http_scope())
    finally:
        for one in blocked:
            threads.release_on_behalf_of(one)
    assert body_of(sent) == b'"needed"'
