from fastapi_lite import FastAPI

app = FastAPI()


@app.get("/")
async def greet() -> dict[str, str]:
    return {"message": "Hello World"}
