from pathlib import Path

from fastapi_lite import FastAPI
from fastapi_lite.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory=Path(__file__).parent / "site"), name="static")
