"""Filters of answers: include and exclude in depth, on lists and unions, computed fields, own serialisers."""

from typing import Any

from pydantic import BaseModel, Field, computed_field, field_serializer, model_serializer

from fastapi_lite import FastAPI

app = FastAPI()


class Address(BaseModel):
    street: str = "s"
    city: str | None = None


class User(BaseModel):
    name: str = Field(alias="userName", default="n")
    password: str = "p"
    home: Address = Address()
    others: list[Address] = [Address(city="c"), Address()]

    @computed_field(description="Computed")
    @property
    def label(self) -> str:
        return f"{self.name}!"

    @field_serializer("password")
    def masked(self, value: str) -> str:
        return "*" * len(value)


class Public(BaseModel):
    name: str = Field("public", serialization_alias="publicName")


class Wrapped(BaseModel):
    value: int = 1

    @model_serializer(mode="wrap")
    def wrap(self, handler: Any) -> dict[str, Any]:
        return {"wrapped": handler(self)}


@app.get("/include", response_model=User, response_model_include={"name": ..., "home": {"city"}})
def include():
    return {"userName": "a", "home": {"city": "c"}}


@app.get("/list", response_model=list[User], response_model_exclude={"password", "label"})
def many():
    return [User(), {"userName": "b", "others": []}]


@app.get("/deep", response_model=User, response_model_exclude={"others": {"__all__": {"street"}}})
def deep() -> Any:
    return User(userName="x")


@app.get("/unset", response_model=User, response_model_exclude_unset=True)
def unset():
    return User(userName="x", home=Address(city=None))


@app.get("/defaults", response_model=User, response_model_exclude_defaults=True)
def defaults():
    return User(userName="n", home=Address(city="z"))


@app.get("/none", response_model=User, response_model_exclude_none=True)
def none():
    return User()


@app.get("/names", response_model=User | Public, response_model_by_alias=False)
def names(public: bool = False):
    return Public() if public else User()


@app.get("/wrapped", response_model=dict[str, Wrapped | None])
def wrapped():
    return {"a": Wrapped(), "b": None}


@app.get("/narrow")
def narrow() -> Public:
    return type("Sub", (Public,), {"__annotations__": {"secret": str}, "secret": "s"})()


@app.get("/wrong", response_model=Address)
def wrong():
    return {"street": None}


PATHS = ["include", "list", "deep", "unset", "defaults", "none", "names", "wrapped", "narrow"]
REQUESTS = [*({"url": f"/{path}"} for path in PATHS), {"url": "/names?public=1"}, {"url": "/wrong"}]
