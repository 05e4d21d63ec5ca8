"""The application whose pages are opened: at `/`, and mounted at `/inner` as well."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, Form, Query
from fastapi_lite.responses import RedirectResponse
from fastapi_lite.security import APIKeyHeader, OAuth2AuthorizationCodeBearer


class Book(BaseModel):
    title: str
    year: int


read_key = APIKeyHeader(name="X-Key")
read_token = OAuth2AuthorizationCodeBearer(authorizationUrl="/authorize", tokenUrl="/token")


def make_app(**options: Any) -> FastAPI:
    app = FastAPI(title="Books", **options)

    @app.post("/books", status_code=201)
    def add(book: Book) -> Book:
        return book

    @app.get("/secret")
    def tell_secret(key: Annotated[str, Depends(read_key)]) -> dict[str, str]:
        return {"key": key}

    @app.get("/token-holder")
    def tell_token(token: Annotated[str, Depends(read_token)]) -> dict[str, str]:
        return {"token": token}

    @app.get("/authorize", include_in_schema=False)
    def authorize(
        redirect_uri: Annotated[str, Query()], state: Annotated[str, Query()]
    ) -> RedirectResponse:
        return RedirectResponse(f"{redirect_uri}?code=some-code&state={state}")

    @app.post("/token", include_in_schema=False)
    def exchange(code: Annotated[str, Form()]) -> dict[str, str]:
        return {"access_token": f"token for {code}", "token_type": "bearer"}

    return app


def make_streaming_app() -> FastAPI:
    """An application whose document is of OpenAPI 3.2, since it yields."""
    app = FastAPI(title="Streams")

    @app.get("/new-books")
    def announce() -> Iterator[Book]:
        yield Book(title="Emma", year=1815)

    return app


app = make_app()
app.mount("/inner", make_app())
app.mount("/streams", make_streaming_app())
