from fastapi_lite import FastAPI, Request
from fastapi_lite.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="read it from the environment", https_only=True)


@app.get("/")
async def visit(request: Request) -> dict[str, int]:
    request.session["visits"] = request.session.get("visits", 0) + 1
    return {"visits": request.session["visits"]}


@app.delete("/")
async def forget(request: Request) -> None:
    request.session.clear()
