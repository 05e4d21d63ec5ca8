import secrets
import time
from typing import Annotated

from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, HTTPException, status
from fastapi_lite.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="token")
signer = URLSafeTimedSerializer(secrets.token_hex(32))
LIFETIME = 30 * 60
PASSWORDS = {"ada": "lovelace"}  # an example: keep hashes, such as those of argon2


class User(BaseModel):
    name: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


async def current_user(token: Annotated[str, Depends(bearer)]) -> User:
    try:
        return User(name=signer.loads(token, max_age=LIFETIME))
    except BadSignature:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED,
            "The token is not valid",
            headers={"WWW-Authenticate": "Bearer"},
        ) from None


@app.post("/token")
async def log_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    password = PASSWORDS.get(form.username, "")
    if not secrets.compare_digest(password.encode(), form.password.encode()) or not password:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Incorrect user name or password")
    return Token(access_token=str(signer.dumps(form.username)))


@app.get("/me")
async def read_me(user: Annotated[User, Depends(current_user)]) -> User:
    return user


@app.get("/time")
async def read_time() -> float:
    return time.time()
