"""When input and output have one schema, and when two."""

from pydantic import BaseModel, computed_field

from fastapi_lite import FastAPI

app = FastAPI()


class Same(BaseModel):
    a: int


class Defaulted(BaseModel):
    a: int = 1


class InOnly(BaseModel):
    a: int = 1


class OutOnly(BaseModel):
    a: int = 1


class Child(BaseModel):
    b: int = 1


class Parent(BaseModel):
    child: Child
    children: list[Child] = []


class Holder(BaseModel):
    same: Same


class Computed(BaseModel):
    a: int

    @computed_field
    def b(self) -> int:
        return self.a


@app.post("/same")
def same(x: Same) -> Same: ...


@app.post("/defaulted")
def defaulted(x: Defaulted) -> Defaulted: ...


@app.post("/in")
def in_only(x: InOnly): ...


@app.get("/out")
def out_only() -> OutOnly: ...


@app.post("/parent")
def parent(x: Parent) -> Parent: ...


@app.post("/child")
def child(x: Child) -> list[Child]: ...


@app.post("/holder")
def holder(x: Holder) -> Holder: ...


@app.post("/computed")
def computed(x: Computed, y: Defaulted) -> dict[str, Computed]: ...


@app.post("/optional")
def optional(x: Defaulted | None = None) -> Defaulted | None: ...
