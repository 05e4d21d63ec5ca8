from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException, Request, Response
from fastapi_lite.openapi.docs import (
    get_swagger_ui_html,
    packaged_asset,
    with_packaged_assets,
)
from fastapi_lite.security import HTTPBasic, HTTPBasicCredentials

app = FastAPI(title="Books", docs_url=None, redoc_url=None, openapi_url=None)


def known_reader(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> None:
    if (credentials.username, credentials.password) != ("reader", "sesame"):
        raise HTTPException(401, headers={"WWW-Authenticate": "Basic"})


@app.get("/openapi.json", dependencies=[Depends(known_reader)], include_in_schema=False)
def document() -> dict[str, object]:
    return app.openapi()


@app.get("/docs", dependencies=[Depends(known_reader)], include_in_schema=False)
def page(request: Request) -> Response:
    return packaged_asset(request) or with_packaged_assets(
        get_swagger_ui_html(openapi_url="openapi.json", title=f"{app.title}: try it")
    )


@app.get("/books")
def list_books() -> list[str]:
    return ["Piranesi"]
