"""Events that no event stream can carry, and what the helper writes of those it can."""

from typing import Any

from fastapi_lite import Body, FastAPI
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.sse import KEEPALIVE_COMMENT, ServerSentEvent, format_sse_event

app = FastAPI()


@app.post("/event")
def event(fields: dict[str, Any] = Body()):
    try:
        made = ServerSentEvent(**fields)
    except (ValueError, TypeError) as error:
        return {"refused": [one["loc"] for one in getattr(error, "errors", list)()]}
    return made


@app.post("/formatted", response_class=PlainTextResponse)
def formatted(fields: dict[str, Any] = Body()):
    try:
        return format_sse_event(**fields)
    except (ValueError, TypeError, AttributeError) as error:
        return f"refused: {type(error).__name__}"


@app.get("/keep-alive", response_class=PlainTextResponse)
def keep_alive():
    return KEEPALIVE_COMMENT


EVENTS = [
    {"event": "a\nb"},
    {"event": "a\rb"},
    {"id": "1\n2"},
    {"id": "1\u0000"},
    {"retry": -1},
    {"retry": "5"},
    {"retry": 1.5},
    {"data": 1, "raw_data": "1"},
    {"raw_data": 1},
    {"unknown": 1},
    {"comment": "a\nb"},
    {"data": None, "event": "", "id": "é"},
]
TEXTS = [
    {"data_str": "a\nb\r\nc\rd\n"},
    {"data_str": ""},
    {"data_str": "x", "event": "e", "id": "1", "retry": 3, "comment": "c\nd"},
    {"comment": "only"},
    {},
    {"id": ""},
]
REQUESTS = [
    *({"method": "POST", "url": "/event", "json": one} for one in EVENTS),
    *({"method": "POST", "url": "/formatted", "json": one} for one in TEXTS),
    {"url": "/keep-alive"},
]
