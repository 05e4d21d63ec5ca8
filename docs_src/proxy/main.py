from fastapi_lite import FastAPI, Request

app = FastAPI(servers=[{"url": "https://staging.example.com", "description": "Staging"}])


@app.get("/where")
async def where(request: Request) -> dict[str, str]:
    return {"root_path": request.scope["root_path"], "url": str(request.url)}
