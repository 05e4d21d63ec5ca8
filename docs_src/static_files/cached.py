import os
from pathlib import Path

from fastapi_lite import FastAPI
from fastapi_lite.responses import Response
from fastapi_lite.staticfiles import StaticFiles
from fastapi_lite.types import Scope


class CachedFiles(StaticFiles):
    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


app = FastAPI()
app.mount("/static", CachedFiles(directory=Path(__file__).parent / "site"), name="static")
