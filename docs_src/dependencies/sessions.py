from collections.abc import Iterator
from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException

app = FastAPI()
log: list[str] = []


class Session:
    def close(self) -> None:
        log.append("closed")

    def roll_back(self) -> None:
        log.append("rolled back")


def open_session() -> Iterator[Session]:
    session = Session()
    try:
        yield session
    except Exception:
        session.roll_back()
        raise
    finally:
        session.close()


Opened = Annotated[Session, Depends(open_session)]


@app.get("/items/{item}")
def read_item(item: str, session: Opened) -> str:
    if item == "none":
        raise HTTPException(404, "There is no such item")
    return item


@app.get("/early")
def early(session: Annotated[Session, Depends(open_session, scope="function")]) -> str:
    return "closed before this is sent"


@app.get("/log")
def read_log() -> list[str]:
    return log
