"""Bytes inside of models, in and out."""

from pydantic import Base64Bytes, BaseModel

from fastapi_lite import FastAPI

app = FastAPI()


class Plain(BaseModel):
    data: bytes


class Base64(BaseModel):
    model_config = {"val_json_bytes": "base64", "ser_json_bytes": "base64"}

    data: bytes


class InOnly(BaseModel):
    model_config = {"val_json_bytes": "base64"}

    data: bytes | None = None
    many: list[bytes] = []


class Hex(BaseModel):
    model_config = {"val_json_bytes": "hex", "ser_json_bytes": "hex"}

    data: bytes


class Own(BaseModel):
    data: Base64Bytes


@app.post("/plain")
def plain(data: Plain) -> Plain: ...


@app.post("/base64")
def base64(data: Base64) -> Base64: ...


@app.post("/in-only")
def in_only(data: InOnly) -> InOnly: ...


@app.post("/hex")
def hexadecimal(data: Hex) -> Hex: ...


@app.post("/own")
def own(data: Own) -> Own: ...


@app.get("/raw")
def raw() -> bytes: ...
