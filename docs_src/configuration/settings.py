from pathlib import Path

from fastapi_lite import FastAPI
from fastapi_lite.config import Config
from fastapi_lite.datastructures import CommaSeparatedStrings, Secret

config = Config(Path(__file__).parent / "example.env", env_prefix="SHOP_")

DEBUG = config("DEBUG", cast=bool, default=False)
API_KEY = config("API_KEY", cast=Secret)
HOSTS = config("HOSTS", cast=CommaSeparatedStrings, default="localhost")

app = FastAPI(debug=DEBUG)


@app.get("/settings")
async def settings() -> dict[str, str]:
    return {"hosts": ", ".join(HOSTS), "api_key": repr(API_KEY)}
