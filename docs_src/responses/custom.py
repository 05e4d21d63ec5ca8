import csv
import io
from typing import Any

from fastapi_lite import FastAPI
from fastapi_lite.responses import Response


class CSVResponse(Response):
    media_type = "text/csv"

    def render(self, content: Any) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows(content)
        return text.getvalue().encode(self.charset)


app = FastAPI()


@app.get("/books")
async def books() -> CSVResponse:
    return CSVResponse([("Emma", "Jane Austen"), ("Ulysses", "James Joyce")])
