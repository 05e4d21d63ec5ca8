"""What packages built on FastAPI import from here: how callables become dependants."""

from fastapi_lite.dependencies.graph import get_dependant, get_parameterless_sub_dependant
from fastapi_lite.dependencies.signature import typed_return as get_typed_return_annotation
from fastapi_lite.dependencies.signature import typed_signature as get_typed_signature

__all__ = [
    "get_dependant",
    "get_parameterless_sub_dependant",
    "get_typed_return_annotation",
    "get_typed_signature",
]
