import hashlib

from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


async def digest(request: Request) -> JSONResponse:
    seen = hashlib.sha256()
    async for chunk in request.stream():
        seen.update(chunk)
    return JSONResponse({"sha256": seen.hexdigest()})


app = Starlette(routes=[Route("/digest", digest, methods=["POST"])])
