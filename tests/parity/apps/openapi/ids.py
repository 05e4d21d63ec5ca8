"""Operation ids and titles: made of odd paths and names, given, several methods, included twice."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()


@router.get("/a-b/{c.d}" if False else "/a-b/{c}")
def dashed_path(c: str):
    return c


@router.api_route("/many", methods=["GET"])
def __private__():
    return 1


@router.get("/x", name="A Name with spaces")
def x():
    return 2


@router.get("/snake_case_with_HTTP", summary="")
def snakeCaseHTTPThing():
    return 3


@router.get("/äöü")
def umlauts():
    return 4


app.include_router(router, prefix="/one")
app.include_router(router, prefix="/two", tags=["two"])
REQUESTS = [
    {"url": "/one/a-b/c"},
    {"url": "/two/many"},
    {"url": "/one/%C3%A4%C3%B6%C3%BC"},
    {"url": "/two/x"},
]
