from fastapi_lite import FastAPI

app = FastAPI()


@app.post(
    "/items",
    tags=["items"],
    summary="Create an item",
    response_description="The name of the item",
    operation_id="create_item",
    status_code=201,
)
async def create(name: str) -> str:
    """Creates an item.

    - **name**: any text
    \f
    This is for readers of the source.
    """
    return name


@app.get("/elements", deprecated=True)
async def old() -> list[str]:
    return []


@app.api_route("/anything", methods=["GET", "POST"], include_in_schema=False)
async def anything() -> str:
    return "anything"
