from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import UploadFile
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


async def upload(request: Request) -> JSONResponse:
    async with request.form(max_files=2, max_fields=5) as form:
        picture = form.get("picture")
        if not isinstance(picture, UploadFile):
            return JSONResponse({"error": "no picture"}, status_code=400)
        return JSONResponse(
            {
                "title": form.get("title"),
                "name": picture.filename,
                "type": picture.content_type,
                "bytes": picture.size,
                "begins": (await picture.read(4)).hex(),
            }
        )


app = Starlette(routes=[Route("/pictures", upload, methods=["POST"])])
