"""Fields that are left out, secrets, bytes, private values, frozen ones, serialisers."""

from datetime import timedelta
from typing import Annotated

from pydantic import (
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    SecretStr,
    field_serializer,
)

from fastapi_lite import FastAPI

app = FastAPI()


class Account(BaseModel):
    model_config = ConfigDict(ser_json_timedelta="float", extra="allow")

    name: str
    password: SecretStr = SecretStr("none")
    hidden: str = Field("hidden", exclude=True)
    blob: Base64Bytes = b""
    timeout: timedelta = timedelta(seconds=1.5)
    upper: Annotated[str, PlainSerializer(str.upper)] = "up"
    fixed: str = Field("fixed", frozen=True, init=False)
    _private: int = PrivateAttr(3)

    @field_serializer("name")
    def greet(self, value: str) -> str:
        return f"Hello {value}"


class Closed(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        str_to_lower=True,
        str_max_length=5,
        val_json_bytes="base64",
        ser_json_bytes="base64",
    )

    name: str
    data: bytes = b""


@app.post("/account")
def account(account: Account) -> Account:
    return account


@app.post("/unfiltered", response_model=None)
def unfiltered(account: Account):
    return account


@app.post("/closed")
def closed(closed: Closed) -> Closed:
    return closed


REQUESTS = [
    {
        "method": "POST",
        "url": "/account",
        "json": {"name": "a", "password": "p", "blob": "aGVsbG8=", "more": [1]},
    },
    {
        "method": "POST",
        "url": "/unfiltered",
        "json": {"name": "a", "password": "p", "blob": "aGVsbG8=", "timeout": 3},
    },
    {"method": "POST", "url": "/account", "json": {"name": "a", "blob": "%%%"}},
    {"method": "POST", "url": "/closed", "json": {"name": "ABC", "data": "aGVsbG8="}},
    {"method": "POST", "url": "/closed", "json": {"name": "ABCDEF", "unknown": 1}},
]
