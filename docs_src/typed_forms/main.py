from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import FastAPI, File, Form, UploadFile

app = FastAPI()


class Profile(BaseModel):
    model_config = {"extra": "forbid"}

    name: str
    languages: list[str] = []


@app.post("/login")
async def log_in(
    username: Annotated[str, Form(min_length=1)], password: Annotated[str, Form()]
) -> str:
    return username


@app.post("/profile")
async def save_profile(profile: Annotated[Profile, Form()]) -> Profile:
    return profile


@app.post("/pictures")
async def store(
    pictures: list[UploadFile],
    note: Annotated[str, Form()] = "",
    signature: Annotated[bytes | None, File(max_length=64)] = None,
) -> dict[str, object]:
    sizes = {picture.filename: len(await picture.read()) for picture in pictures}
    return {"sizes": sizes, "note": note, "signed": signature is not None}
