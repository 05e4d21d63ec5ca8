"""What an application answers with."""

from mimetypes import guess_type

from fastapi_lite.responses.base import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from fastapi_lite.responses.deprecated import ORJSONResponse, UJSONResponse
from fastapi_lite.responses.files import FileResponse
from fastapi_lite.responses.ranges import MalformedRangeHeader, RangeNotSatisfiable
from fastapi_lite.responses.streaming import (
    AsyncContentStream,
    Content,
    ContentStream,
    EventSourceResponse,
    StreamingResponse,
    SyncContentStream,
)

__all__ = [
    "AsyncContentStream",
    "Content",
    "ContentStream",
    "EventSourceResponse",
    "FileResponse",
    "HTMLResponse",
    "JSONResponse",
    "MalformedRangeHeader",
    "ORJSONResponse",
    "PlainTextResponse",
    "RangeNotSatisfiable",
    "RedirectResponse",
    "Response",
    "StreamingResponse",
    "SyncContentStream",
    "UJSONResponse",
    "guess_type",
]
