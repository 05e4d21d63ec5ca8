"""The form for a token: of one's own by inheritance, beside other fields, with what clients send wrong."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, Form, HTTPException
from fastapi_lite.security import OAuth2PasswordRequestForm

app = FastAPI()


class WithCode(OAuth2PasswordRequestForm):
    def __init__(
        self,
        *,
        username: Annotated[str, Form(min_length=2)],
        password: Annotated[str, Form(json_schema_extra={"format": "password"})],
        scope: Annotated[str, Form()] = "",
        code: Annotated[int, Form(ge=100)],
    ):
        super().__init__(username=username, password=password, scope=scope)
        self.code = code


@app.post("/token")
def token(form: OAuth2PasswordRequestForm = Depends()):
    if form.password != "right":
        raise HTTPException(400, "Incorrect username or password")
    return {**vars(form), "token_type": "bearer"}


@app.post("/code")
def with_code(form: Annotated[WithCode, Depends()], remember: Annotated[bool, Form()] = False):
    return {**vars(form), "remember": remember}


GOOD = {"username": "a b", "password": "right"}
REQUESTS = [
    {"method": "POST", "url": path, **sent}
    for path in ("/token", "/code")
    for sent in (
        {"data": GOOD},
        {"data": {**GOOD, "code": "123", "remember": "on", "scope": " a  b:c "}},
        {"data": {**GOOD, "code": "9", "username": "x"}},
        {"data": {**GOOD, "grant_type": "Password"}},
        {"data": {**GOOD, "grant_type": ""}},
        {"data": {**GOOD, "client_id": "", "client_secret": "s", "password": ["right", "wrong"]}},
        {"json": GOOD},
        {"data": {"username": "", "password": ""}},
        {"files": {"username": (None, "a"), "password": (None, "right")}},
        {"files": {"username": ("u.txt", b"a"), "password": (None, "right")}},
        {},
    )
]
