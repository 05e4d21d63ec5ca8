from pathlib import Path
from typing import Annotated

from fastapi_lite import APIRouter, Cookie, Depends, FastAPI, HTTPException


def require_staff(staff: Annotated[str | None, Cookie()] = None) -> None:
    if staff != "yes":
        raise HTTPException(401, "Sign in first.")


router = APIRouter(dependencies=[Depends(require_staff)])
router.frontend("/", directory=Path(__file__).parent / "dist", fallback="index.html")

app = FastAPI()
app.include_router(router, prefix="/admin")
