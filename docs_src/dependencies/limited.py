from typing import Annotated

from fastapi_lite import Depends, FastAPI

app = FastAPI()


def connect() -> str:
    return "a connection"


Connection = Annotated[str, Depends(connect, max_concurrency=5)]


@app.get("/report")
def report(connection: Connection) -> str:
    return f"made with {connection}"
