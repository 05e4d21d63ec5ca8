from functools import lru_cache
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from fastapi_lite import Depends, FastAPI


class Settings(BaseSettings):
    """What differs from one place to another: `SHOP_NAME`, … in the environment or in `.env`."""

    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env", extra="ignore")

    name: str = "The Bookshop"
    token: SecretStr
    items_per_page: Annotated[int, Field(ge=1, le=100)] = 20


@lru_cache
def get_settings() -> Settings:
    """The settings, read on the first call."""
    return Settings()  # type: ignore[call-arg]  # the token is in the environment


app = FastAPI()


@app.get("/about")
def about(settings: Annotated[Settings, Depends(get_settings)]) -> dict[str, str | int]:
    return {"name": settings.name, "items_per_page": settings.items_per_page}
