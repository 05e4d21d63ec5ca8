import secrets
from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException, Security
from fastapi_lite.security import (
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    SecurityScopes,
)

app = FastAPI()
bearer = OAuth2PasswordBearer(
    tokenUrl="token", scopes={"loans": "See your loans", "admin": "See everybody's"}
)
PASSWORDS = {"ada": "lovelace"}  # keep hashes of passwords, made by argon2 or the like
TOKENS: dict[str, tuple[str, list[str]]] = {}


@app.post("/token")
def log_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    expected = PASSWORDS.get(form.username, "")
    if not secrets.compare_digest(form.password.encode(), expected.encode()):
        raise HTTPException(400, "Incorrect username or password")
    token = secrets.token_urlsafe()
    TOKENS[token] = form.username, form.scopes
    return {"access_token": token, "token_type": "bearer"}


def reader(needed: SecurityScopes, token: Annotated[str, Depends(bearer)]) -> str:
    name, granted = TOKENS.get(token, (None, list[str]()))
    challenge = {"WWW-Authenticate": f'Bearer scope="{needed.scope_str}"'}
    if name is None:
        raise HTTPException(401, "This token is not known", challenge)
    if not set(needed.scopes) <= set(granted):
        raise HTTPException(403, "This token does not allow it", challenge)
    return name


@app.get("/me")
def read_me(reader: Annotated[str, Depends(reader)]) -> dict[str, str]:
    return {"reader": reader}


@app.get("/loans")
def list_loans(reader: Annotated[str, Security(reader, scopes=["loans"])]) -> dict[str, str]:
    return {"loans of": reader}
