from typing import Annotated

from docs_src.bigger import items
from fastapi_lite import Depends, FastAPI, Header, HTTPException


async def check_token(x_token: Annotated[str, Header()]) -> None:
    if x_token != "secret":
        raise HTTPException(400, "X-Token is wrong")


app = FastAPI()
app.include_router(items.router)
app.include_router(
    items.router, prefix="/admin", tags=["admin"], dependencies=[Depends(check_token)]
)
