from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import JSONResponse

app = FastAPI()
STOCK = {"emma": 2, "ulysses": 0}


class OutOfStock(Exception):
    def __init__(self, title: str) -> None:
        self.title = title


@app.exception_handler(OutOfStock)
async def say_out_of_stock(request: Request, exc: OutOfStock) -> JSONResponse:
    return JSONResponse({"detail": f"No copy of {exc.title} is left."}, status_code=409)


@app.exception_handler(500)
async def say_sorry(request: Request, exc: Exception) -> JSONResponse:
    return JSONResponse({"detail": "Something went wrong. We are told."}, status_code=500)


@app.post("/orders/{title}")
async def order(title: str) -> dict[str, int]:
    if title not in STOCK:
        raise HTTPException(404, "No such book", headers={"X-Reason": "unknown"})
    if STOCK[title] == 0:
        raise OutOfStock(title)
    return {"left": STOCK[title] - 1}


@app.get("/report")
async def report() -> float:
    return STOCK["emma"] / STOCK["ulysses"]
