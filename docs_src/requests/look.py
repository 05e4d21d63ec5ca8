from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


async def show(request: Request) -> JSONResponse:
    return JSONResponse(
        {
            "item": request.path_params["item_id"],
            "tags": request.query_params.getlist("tag"),
            "language": request.headers.get("accept-language", "en"),
            "theme": request.cookies.get("theme", "light"),
            "itself": str(request.url_for("item", item_id=request.path_params["item_id"])),
        }
    )


app = Starlette(routes=[Route("/items/{item_id:int}", show, name="item")])
