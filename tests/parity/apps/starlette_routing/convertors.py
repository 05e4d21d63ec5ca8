"""Convertors of users, and what the usual ones take and write."""

from datetime import datetime

from fastapi_lite.applications import Starlette
from fastapi_lite.convertors import Convertor, register_url_convertor
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route, compile_path, replace_params


class DateTime(Convertor[datetime]):
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(.[0-9]+)?"

    def convert(self, value: str) -> datetime:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S")

    def to_string(self, value: datetime) -> str:
        return value.strftime("%Y-%m-%dT%H:%M:%S")


class Upper(Convertor[str]):
    regex = "[A-Z]+"

    def convert(self, value: str) -> str:
        return value.lower()

    def to_string(self, value: str) -> str:
        return value.upper()


register_url_convertor("moment", DateTime())
register_url_convertor("upper", Upper())


async def moment(request):
    return JSONResponse(
        [
            str(request.path_params["at"]),
            str(request.url_for("moment", at=datetime(2026, 1, 2, 3, 4, 5))),
        ]
    )


async def upper(request):
    return JSONResponse(
        [
            request.path_params["word"],
            request.path_params["n"],
            str(request.url_for("upper", word="abc", n=7)),
        ]
    )


async def compiled(request):
    regex, format, convertors = compile_path("/a/{b:int}/{c:path}")
    match = regex.match("/a/3/x/y")
    return JSONResponse(
        [
            match.groupdict(),
            format,
            sorted(convertors),
            replace_params(format, convertors, {"b": 1, "c": "d/e", "f": 2}),
        ]
    )


app = Starlette(
    routes=[
        Route("/at/{at:moment}", moment, name="moment"),
        Route("/{word:upper}-{n:int}", upper, name="upper"),
        Route("/compiled", compiled),
    ]
)
REQUESTS = [
    {"url": path}
    for path in (
        "/at/2026-01-02T03:04:05",
        "/at/now",
        "/ABC-3",
        "/abc-3",
        "/ABC-x",
        "/compiled",
        "/AB%43-1",
    )
]
