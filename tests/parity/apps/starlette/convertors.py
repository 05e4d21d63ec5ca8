"""Convertors in paths, those there are and one of its own."""

from fastapi_lite.applications import Starlette
from fastapi_lite.convertors import Convertor, register_url_convertor
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


class Letters(Convertor[str]):
    regex = "[a-c]+"

    def convert(self, value: str) -> str:
        return value.upper()

    def to_string(self, value: str) -> str:
        return value.lower()


register_url_convertor("letters", Letters())


def show(request):
    params = {
        name: [type(value).__name__, str(value)] for name, value in request.path_params.items()
    }
    return JSONResponse(
        params | {"url": str(request.url_for("any", **request.path_params))}
        if "x" in params
        else params
    )


app = Starlette(
    routes=[
        Route("/str/{x}", show, name="any"),
        Route("/int/{n:int}", show),
        Route("/float/{f:float}", show),
        Route("/uuid/{u:uuid}", show),
        Route("/path/{p:path}", show),
        Route("/mid/{p:path}/end", show),
        Route("/letters/{l:letters}", show),
        Route("/two/{a:int}-{b}", show),
        Route("/dot.{ext}/(x)+", show),
    ]
)
REQUESTS = [
    {"url": url}
    for url in (
        "/str/a",
        "/str/a%2Fb",
        "/str/",
        "/str/%C3%A9%20",
        "/int/12",
        "/int/-1",
        "/int/012",
        "/int/x",
        "/int/%D9%A1",
        "/float/1.5",
        "/float/1",
        "/float/1.",
        "/float/1e3",
        "/uuid/6f2d1e2c-6a1c-4e0e-9c37-6b0c3a4f2a11",
        "/uuid/6F2D1E2C-6A1C-4E0E-9C37-6B0C3A4F2A11",
        "/uuid/6f2d1e2c6a1c4e0e9c376b0c3a4f2a11",
        "/path/a/b/c",
        "/path/",
        "/mid/a/b/end",
        "/mid//end",
        "/letters/abc",
        "/letters/abd",
        "/two/1-2-3",
        "/two/x-2",
        "/dot.txt/(x)+",
        "/dotxtxt/xx",
    )
]
