from fastapi_lite import FastAPI, Request

app = FastAPI()
sub = FastAPI(title="The shop")


@app.get("/app")
async def main() -> str:
    return "main"


@sub.get("/items", name="items")
async def items(request: Request) -> str:
    return str(request.url_for("shop:items"))


app.mount("/shop", sub, name="shop")
