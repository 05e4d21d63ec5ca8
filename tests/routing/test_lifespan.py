"""Lifespans: what runs before and after, what is reported, those of mounted applications."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from fastapi_lite import routing
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing.lifespan import compile_lifespan, lifespan_of, merge_lifespans
from fastapi_lite.routing.router import Host, Mount, Router
from fastapi_lite.routing.routes import BaseRoute, Route
from fastapi_lite.types import ASGIApp, Lifespan, Receive, Scope, Send
from tests.conftest import ClientFactory
from tests.routing.test_routes import Application, hello

pytestmark = pytest.mark.anyio

START, STOP = {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}


async def live(app: ASGIApp, **scope: Any) -> tuple[list[Any], Exception | None]:
    """What `app` sends from its start to its end, and what it raises."""
    waiting = iter([START, STOP])
    sent: list[Any] = []
    error: Exception | None = None

    async def receive() -> Any:
        return next(waiting)

    async def send(message: Any) -> None:
        sent.append(message)

    try:
        await app({"type": "lifespan", **scope}, receive, send)
    except Exception as exc:
        error = exc
    return sent, error


def types(sent: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the messages are."""
    return [message["type"].removeprefix("lifespan.") for message in sent]


class Log(list[str]):
    """What happened, in order."""

    def lifespan(self, name: str, state: Mapping[str, Any] | None = None) -> Lifespan[Any]:
        """A lifespan that notes its start and its end, and yields `state`."""

        @asynccontextmanager
        async def run(app: Any) -> AsyncGenerator[Any]:
            self.append(f"{name} starts")
            yield state
            self.append(f"{name} ends")

        return run


@asynccontextmanager
async def fails_to_start(app: Any) -> AsyncIterator[None]:
    """A lifespan that raises at once."""
    raise LookupError("no start")
    yield  # pragma: no cover - what makes it a generator


@asynccontextmanager
async def fails_to_stop(app: Any) -> AsyncIterator[None]:
    """A lifespan that raises at its end."""
    yield
    raise LookupError("no stop")


# Of a router.


async def test_router_without_a_lifespan_starts_and_stops() -> None:
    sent, _ = await live(Router())
    assert types(sent) == ["startup.complete", "shutdown.complete"]


async def test_lifespan_runs_from_start_to_end() -> None:
    log = Log()
    await live(Router(lifespan=log.lifespan("router")))
    assert log == ["router starts", "router ends"]


async def test_lifespan_gets_the_application() -> None:
    got: list[Any] = []

    @asynccontextmanager
    async def run(app: Any) -> AsyncGenerator[None]:
        got.append(app)
        yield

    app = Application(Router(lifespan=run))
    await live(app)
    assert got == [app]


async def test_state_goes_to_the_server() -> None:
    state = {"old": 1}
    await live(Router(lifespan=Log().lifespan("", {"new": 2})), state=state)
    assert state == {"old": 1, "new": 2}


def test_state_is_there_in_requests(client_for: ClientFactory) -> None:
    async def tell(request: Request) -> Response:
        return PlainTextResponse(request.state.database)

    router = Router([Route("/", tell)], lifespan=Log().lifespan("", {"database": "open"}))
    with client_for(router) as client:
        assert client.get("/").text == "open"


async def test_state_needs_a_server_that_keeps_it() -> None:
    sent, error = await live(Router(lifespan=Log().lifespan("", {"new": 2})))
    assert isinstance(error, RuntimeError)
    assert 'does not support "state"' in sent[0]["message"]


async def test_failure_to_start_is_reported_with_its_traceback() -> None:
    sent, _ = await live(Router(lifespan=fails_to_start))
    assert types(sent) == ["startup.failed"]
    assert "in fails_to_start" in sent[0]["message"]


async def test_failure_to_start_is_raised() -> None:
    _, error = await live(Router(lifespan=fails_to_start))
    assert isinstance(error, LookupError)


async def test_failure_to_stop_is_reported_with_its_traceback() -> None:
    sent, _ = await live(Router(lifespan=fails_to_stop))
    assert types(sent) == ["startup.complete", "shutdown.failed"]
    assert "LookupError: no stop" in sent[1]["message"]


async def test_lifespan_may_be_set_later() -> None:
    log = Log()
    router = Router()
    router.lifespan_context = log.lifespan("later")
    await live(router)
    assert log == ["later starts", "later ends"]


async def test_asynchronous_generator_is_deprecated_and_works() -> None:
    log = Log()

    async def run(app: Any) -> AsyncIterator[Any]:
        log.append("starts")
        yield {"new": 2}
        log.append("ends")

    with pytest.warns(StarletteDeprecationWarning, match="^async generator function lifespans"):
        router = Router(lifespan=run)  # type: ignore[arg-type]  # deprecated, and not typed
    state: dict[str, Any] = {}
    await live(router, state=state)
    assert (log, state) == (["starts", "ends"], {"new": 2})


async def test_generator_is_deprecated_and_works() -> None:
    log = Log()

    def run(app: Any) -> Iterator[Any]:
        log.append("starts")
        yield {"new": 2}
        log.append("ends")

    with pytest.warns(StarletteDeprecationWarning, match="^generator function lifespans"):
        router = Router(lifespan=run)  # type: ignore[arg-type]  # deprecated, and not typed
    state: dict[str, Any] = {}
    await live(router, state=state)
    assert (log, state) == (["starts", "ends"], {"new": 2})


async def test_exception_reaches_a_generator() -> None:
    seen: list[Exception] = []

    def run(app: Any) -> Iterator[None]:
        try:
            yield
        except LookupError as exc:
            seen.append(exc)

    with pytest.warns(StarletteDeprecationWarning):
        lifespan = compile_lifespan(run)
    async with lifespan(None):
        raise LookupError
    assert len(seen) == 1


# Several.


async def test_merged_lifespans_end_in_the_opposite_order() -> None:
    log = Log()
    merged = merge_lifespans([log.lifespan("a"), log.lifespan("b")])
    async with merged(None):
        log.append("between")
    assert log == ["a starts", "b starts", "between", "b ends", "a ends"]


async def test_merged_state_is_that_of_all_and_the_first_of_a_name_counts() -> None:
    parts: list[Mapping[str, Any] | None] = [{"a": 1, "b": 1}, None, {"b": 2, "c": 2}]
    merged = merge_lifespans([Log().lifespan("", part) for part in parts])
    async with merged(None) as state:
        assert state == {"a": 1, "b": 1, "c": 2}


async def test_merged_state_of_none_is_none() -> None:
    async with merge_lifespans([Log().lifespan("")])(None) as state:
        assert state is None


# Of mounted applications.


def family(log: Log) -> list[BaseRoute]:
    """Mounted applications of every kind."""
    shared = Router(lifespan=log.lifespan("shared"))
    inner = Router([Mount("/deep", Router(lifespan=log.lifespan("deep")))])
    return [
        Route("/", hello),
        Mount("/a", Router(lifespan=log.lifespan("mounted", {"mounted": 1}))),
        Mount("/b", routes=[Mount("/c", inner)]),
        Mount("/s", shared),
        Mount("/t", shared),
        Host("h", Router(lifespan=log.lifespan("host"))),
        Mount("/plain", hello),
    ]


async def test_lifespans_of_mounted_applications_do_not_run_by_themselves() -> None:
    log = Log()
    await live(Router(family(log)))
    assert log == []


async def test_lifespans_of_mounted_applications_run_if_asked_for() -> None:
    log = Log()
    state: dict[str, Any] = {}
    router = Router(family(log), lifespan=log.lifespan("outer"), mount_lifespans=True)
    await live(router, state=state)
    names = ["outer", "mounted", "deep", "shared", "host"]
    assert log == [f"{n} starts" for n in names] + [f"{n} ends" for n in reversed(names)]


async def test_state_of_mounted_applications_is_kept() -> None:
    state: dict[str, Any] = {}
    await live(Router(family(Log()), mount_lifespans=True), state=state)
    assert state == {"mounted": 1}


@pytest.mark.parametrize("lifespan", [fails_to_start, fails_to_stop])
async def test_failure_of_a_mounted_application_is_reported(lifespan: Lifespan[Any]) -> None:
    router = Router([Mount("/", Router(lifespan=lifespan))], mount_lifespans=True)
    sent, _ = await live(router, state={})
    assert "LookupError: no st" in sent[-1]["message"]


async def test_exception_between_start_and_end_is_raised_as_it_is() -> None:
    log = Log()
    with pytest.raises(LookupError):
        async with lifespan_of(Router(lifespan=log.lifespan("mounted")))(None):
            raise LookupError
    assert log == ["mounted starts", "mounted ends"]


async def test_application_that_returns_at_once_has_no_lifespan() -> None:
    async def nothing(scope: Scope, receive: Receive, send: Send) -> None: ...

    async with lifespan_of(nothing)(None) as state:
        assert state is None


async def test_application_that_raises_before_it_starts_has_no_lifespan() -> None:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("http only")

    async with lifespan_of(refuse)(None) as state:
        assert state is None


async def test_application_that_raises_without_a_message_fails() -> None:
    serving = anyio.Event()

    async def crashing(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await serving.wait()
        raise LookupError("crashed")

    with pytest.raises(RuntimeError, match="LookupError: crashed"):
        async with lifespan_of(crashing)(None):
            serving.set()


async def test_lifespan_merged_into_another_runs_inside_it() -> None:
    happened: list[str] = []

    def lifespan(name: str) -> Lifespan[Any]:
        @asynccontextmanager
        async def run(app: Any) -> AsyncGenerator[Mapping[str, Any]]:
            happened.append(f"{name} starts")
            yield {"by": name, name: True}
            happened.append(f"{name} stops")

        return run

    merge = routing._merge_lifespan_context  # noqa: SLF001 - other packages call it
    async with merge(lifespan("outer"), lifespan("inner"))(None) as state:
        assert state == {"by": "outer", "outer": True, "inner": True}
    assert happened == ["outer starts", "inner starts", "inner stops", "outer stops"]
