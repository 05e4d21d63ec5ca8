"""What does not fit its response model, with and without a handler."""

from typing import Any

from pydantic import BaseModel

from fastapi_lite import FastAPI, Request
from fastapi_lite.exceptions import FastAPIError, ResponseValidationError, ValidationException
from fastapi_lite.responses import JSONResponse

app = FastAPI()
unhandled = FastAPI()


class Item(BaseModel):
    name: str
    size: int = 1


@app.exception_handler(ResponseValidationError)
async def wrong(request: Request, error: ResponseValidationError) -> JSONResponse:
    kinds = [isinstance(error, kind) for kind in (ValidationException, FastAPIError, ValueError)]
    return JSONResponse({"errors": error.errors(), "body": str(error.body), "is": kinds}, 502)


def wrong_name() -> Any:
    return {"name": 1}


for one in (app, unhandled):
    one.get("/model", response_model=Item)(wrong_name)
    one.get("/list", response_model=list[Item])(wrong_name)
    one.get("/missing", response_model=Item)(lambda: {})
    one.get("/none", response_model=Item)(lambda: None)
    one.get("/object", response_model=Item)(lambda: object())
    one.get("/int", response_model=int)(lambda: "7")
    one.get("/int-wrong", response_model=int)(lambda: 1.5)

app.mount("/unhandled", unhandled)
PATHS = ("model", "list", "missing", "none", "object", "int", "int-wrong")
REQUESTS = [{"url": f"{prefix}/{path}"} for prefix in ("", "/unhandled") for path in PATHS]
