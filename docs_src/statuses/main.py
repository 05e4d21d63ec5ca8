from fastapi_lite import FastAPI, Response, status
from fastapi_lite.responses import JSONResponse

app = FastAPI()
tasks: dict[str, str] = {"old": "Sleep"}


@app.post("/tasks/{key}", status_code=status.HTTP_201_CREATED)
async def create(key: str, text: str) -> str:
    tasks[key] = text
    return text


@app.delete("/tasks/{key}", status_code=status.HTTP_204_NO_CONTENT)
async def delete(key: str) -> None:
    tasks.pop(key, None)


@app.put("/tasks/{key}")
async def put(key: str, text: str, response: Response) -> str:
    if key not in tasks:
        response.status_code = status.HTTP_201_CREATED
    tasks[key] = text
    return text


@app.patch("/tasks/{key}", response_model=str)
async def patch(key: str, text: str) -> str | JSONResponse:
    if key not in tasks:
        return JSONResponse({"hint": "PUT creates it"}, status_code=status.HTTP_404_NOT_FOUND)
    tasks[key] = text
    return text
