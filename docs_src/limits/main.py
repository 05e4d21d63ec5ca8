from typing import Annotated

from fastapi_lite import Body, FastAPI, UploadFile

app = FastAPI(max_body_size=1_000, form_limits={"max_fields": 10})


@app.post("/notes")
async def note(text: Annotated[str, Body()]) -> int:
    return len(text)


@app.post("/films", max_body_size=100_000, form_limits={"max_files": 1})
async def film(film: UploadFile) -> int | None:
    return film.size
