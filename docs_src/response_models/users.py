from typing import Any

from pydantic import BaseModel

from fastapi_lite import FastAPI, Response
from fastapi_lite.responses import RedirectResponse

app = FastAPI()


class User(BaseModel):
    name: str
    full_name: str | None = None


class UserIn(User):
    password: str


@app.post("/users")
async def create_user(user: UserIn) -> User:
    return user


@app.get("/users/{name}", response_model=User, response_model_exclude_none=True)
async def read_user(name: str) -> Any:
    return {"name": name, "password": "is not sent"}


@app.get("/home")
async def home(name: str | None = None) -> Response:
    if name is None:
        return RedirectResponse("/users/nobody")
    return Response(f"Home of {name}", media_type="text/plain")
