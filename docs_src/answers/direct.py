from datetime import UTC, datetime

from fastapi_lite import FastAPI
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

app = FastAPI()


@app.get("/moment")
async def moment() -> JSONResponse:
    content = {"at": datetime(2026, 11, 23, tzinfo=UTC)}
    return JSONResponse(jsonable_encoder(content), headers={"Cache-Control": "no-store"})


@app.get("/legacy")
async def legacy() -> Response:
    return Response("<data/>", media_type="application/xml")


@app.get("/page", response_class=HTMLResponse)
async def page() -> str:
    return "<h1>Hello</h1>"


@app.get("/cookie", response_class=PlainTextResponse)
async def cookie() -> Response:
    response = PlainTextResponse("remembered")
    response.set_cookie("seen", "yes", max_age=60)
    return response
