"""Scopes of dependencies that cannot be: what is raised where they are declared."""

from collections.abc import Iterator
from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.exceptions import DependencyScopeError, FastAPIError

app = FastAPI()


def short() -> Iterator[str]:
    yield "short"


def long(inner: Annotated[str, Depends(short, scope="function")]) -> Iterator[str]:
    yield f"long {inner}"


def raised() -> Exception | None:
    try:

        @app.get("/cannot")
        def cannot(x: Annotated[str, Depends(long, scope="request")]) -> str:
            return x

    except Exception as error:
        return error
    return None


ERROR = raised()


@app.get("/error")
def error() -> dict[str, bool]:
    return {
        "of scopes": isinstance(ERROR, DependencyScopeError),
        "of the package": isinstance(ERROR, FastAPIError),
        "names": "short" in str(ERROR),
    }


@app.get("/both")
def both(x: Annotated[str, Depends(long, scope="function")]) -> str:
    return x


REQUESTS = [{"url": "/error"}, {"url": "/both"}, {"url": "/cannot"}]
