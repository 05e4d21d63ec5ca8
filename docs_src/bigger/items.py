from fastapi_lite import APIRouter, HTTPException

router = APIRouter(prefix="/items", tags=["items"], responses={404: {"description": "No item"}})


@router.get("/")
async def list_items() -> list[str]:
    return ["lamp"]


@router.get("/{item}")
async def read_item(item: str) -> str:
    if item != "lamp":
        raise HTTPException(404, "There is no such item")
    return item
