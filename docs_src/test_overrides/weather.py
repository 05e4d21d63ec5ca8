from typing import Annotated

from fastapi_lite import Depends, FastAPI

app = FastAPI()


def ask_service() -> str:
    raise RuntimeError("tests must not call the service")


@app.get("/weather")
def weather(report: Annotated[str, Depends(ask_service)]) -> str:
    return report
