from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware

app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=1000)
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://shop.example.com"],
    allow_methods=["GET", "POST"],
    allow_headers=["X-API-Key"],
)
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["api.example.com", "testserver"])


@app.get("/books")
async def books() -> list[str]:
    return ["Emma", "Ulysses"] * 100
