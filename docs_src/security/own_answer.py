from typing import Annotated

from fastapi_lite import Depends, FastAPI
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.security import APIKeyHeader


class ForbiddingKey(APIKeyHeader):
    def make_not_authenticated_error(self) -> HTTPException:
        return HTTPException(403, "Send a key in X-API-Key")


app = FastAPI()


@app.get("/")
def read(key: Annotated[str, Depends(ForbiddingKey(name="X-API-Key"))]) -> dict[str, str]:
    return {"key": key}
