from fastapi_lite import FastAPI, Request

app = FastAPI()


@app.get("/items/{item_id}")
async def read(item_id: int, request: Request) -> dict[str, object]:
    return {
        "id": item_id,
        "client": request.client.host if request.client else None,
        "url": str(request.url),
        "queries": request.query_params.multi_items(),
    }


@app.post("/raw")
async def raw(request: Request) -> int:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return size
