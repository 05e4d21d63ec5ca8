"""Documents made with the functions of `openapi.utils`, of routers and of nothing."""

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.openapi.constants import METHODS_WITH_BODY, REF_PREFIX, REF_TEMPLATE
from fastapi_lite.openapi.models import Contact, Info, License, OpenAPI, Server, Tag
from fastapi_lite.openapi.utils import get_openapi

app = FastAPI()
router = APIRouter(prefix="/router", tags=["r"])


@router.get("/{x}")
def read(x: int) -> list[int]:
    return [x]


@app.get("/document")
def document():
    return get_openapi(
        title="Own",
        version="3",
        openapi_version="3.0.9",
        description="D",
        routes=router.routes,
        tags=[{"name": "r", "description": "R"}],
        servers=[{"url": "https://a"}],
        contact={"name": "C", "email": "c@example.com"},
        license_info={"name": "L"},
        terms_of_service="https://t",
        external_docs={"url": "https://e"},
    )


@app.get("/empty")
def empty():
    return get_openapi(title="Empty", version="0", routes=[])


@app.get("/models")
def models():
    made = OpenAPI(
        openapi="3.1.0",
        info=Info(
            title="T",
            version="1",
            contact=Contact(name="C", url="https://c.d"),
            license=License(name="L", identifier="MIT"),
        ),
        servers=[Server(url="/x", **{"x-own": 1})],
        paths={},
        tags=[Tag(name="a")],
    )
    return made.model_dump(by_alias=True, exclude_none=True, mode="json")


@app.get("/constants")
def constants():
    return [sorted(METHODS_WITH_BODY), REF_PREFIX, REF_TEMPLATE]


REQUESTS = [{"url": f"/{path}"} for path in ("document", "empty", "models", "constants")]
