"""How the parameters of a body share it: one alone, or many by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import create_model

from fastapi_lite import params
from fastapi_lite.dependencies.annotations import is_model
from fastapi_lite.dependencies.models import Dependant, Parameter


@dataclass(frozen=True, slots=True, eq=False)
class BodyShape:
    """The body of an operation: its parameters, and whether each is under its own name."""

    parameters: tuple[Parameter, ...]
    embed: bool
    is_form: bool

    def field(self, operation_id: str) -> Parameter:
        """The body as one parameter, for the document: itself, or a model of all of them."""
        if not self.embed:
            return self.parameters[0]
        fields: dict[str, Any] = {
            one.name: (one.validated_type, one.field()) for one in self.parameters
        }
        model = create_model(f"Body_{operation_id}", **fields)
        required = any(one.required for one in self.parameters)
        default = params.Undefined if required else None
        info: params.Body
        if any(isinstance(one.field_info, params.File) for one in self.parameters):
            info = params.File(default)
        else:
            kind = params.Form if self.is_form else params.Body
            info = kind(default, **_shared_media_type(self.parameters))
        info.alias, info.annotation = "body", model
        return Parameter("body", info)


def compile_body(dependant: Dependant) -> BodyShape | None:
    """The shape of the body that `dependant` and all it needs read; `None` where nobody does."""
    parameters = tuple(dependant.flat("body"))
    if not parameters:
        return None
    return BodyShape(
        parameters,
        embed=must_embed(parameters),
        is_form=any(isinstance(one.field_info, params.Form) for one in parameters),
    )


def must_embed(parameters: Sequence[Parameter]) -> bool:
    """Whether each parameter is one key of the body, rather than one being all of it."""
    first = parameters[0].field_info
    return (
        len({one.name for one in parameters}) > 1
        or bool(getattr(first, "embed", None))
        or (isinstance(first, params.Form) and not is_model(parameters[0].validated_type))
    )


def _shared_media_type(parameters: Sequence[Parameter]) -> dict[str, Any]:
    media_types = {getattr(one.field_info, "media_type", None) for one in parameters}
    return {"media_type": media_types.pop()} if len(media_types) == 1 else {}
