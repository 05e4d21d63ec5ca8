"""What an HTTPException may carry, and what it says of itself."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi_lite import Body, FastAPI, HTTPException, Path
from fastapi_lite.exceptions import WebSocketException

app = FastAPI()


@app.post("/raise/{status}")
async def refuse(
    status: Annotated[int, Path(le=599)], detail: Any = Body(None), header: str | None = None
):
    headers = {"X-Error": header, "WWW-Authenticate": "Custom"} if header else None
    raise HTTPException(status, detail, headers)


@app.get("/keywords")
def keywords():
    raise HTTPException(status_code=409, detail={"items": [1, None, {"a": "é"}]})


@app.get("/no-json")
def no_json():
    raise HTTPException(400, detail={Decimal("1.5")})


@app.get("/said")
def said():
    errors = [
        HTTPException(404),
        HTTPException(404, "gone", {"a": "b"}),
        HTTPException(599, None),
        WebSocketException(1008),
        WebSocketException(4000, "left"),
    ]
    return [[str(one), repr(one), vars(one)] for one in errors]


REQUESTS = [
    *(
        {"method": "POST", "url": f"/raise/{status}", "json": {"detail": "x"}}
        for status in (400, 401, 404, 418, 422, 500, 503)
    ),
    {"method": "POST", "url": "/raise/404"},
    {"method": "POST", "url": "/raise/404", "json": None},
    {"method": "POST", "url": "/raise/404", "json": ""},
    {"method": "POST", "url": "/raise/400?header=%C3%A9", "json": [1, 2]},
    {"method": "POST", "url": "/raise/400?header=x", "json": False},
    {"method": "POST", "url": "/raise/499", "json": "a"},
    {"method": "POST", "url": "/raise/499"},
    {"method": "POST", "url": "/raise/204", "json": "not sent"},
    {"method": "POST", "url": "/raise/304"},
    {"method": "POST", "url": "/raise/x"},
    {"url": "/keywords"},
    {"url": "/no-json"},
    {"url": "/said"},
]
