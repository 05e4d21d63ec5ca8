import secrets
from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.security import HTTPBasic, HTTPBasicCredentials

app = FastAPI()
basic = HTTPBasic(realm="reading room")


def reader(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]) -> str:
    name_fits = secrets.compare_digest(credentials.username.encode(), b"ada")
    password_fits = secrets.compare_digest(credentials.password.encode(), b"lovelace")
    if not (name_fits and password_fits):
        raise basic.make_not_authenticated_error()
    return credentials.username


@app.get("/me")
def read_me(reader: Annotated[str, Depends(reader)]) -> dict[str, str]:
    return {"reader": reader}
