from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://shop.example"],
    allow_credentials=True,
    allow_methods=["GET", "POST"],
    allow_headers=["X-Token"],
    expose_headers=["X-Count"],
)


@app.get("/")
async def read() -> str:
    return "for the shop"
