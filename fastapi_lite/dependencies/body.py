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
    parameters = flat_body_params(dependant)
    return shape(parameters, embed=must_embed(parameters)) if parameters else None


def flat_body_params(dependant: Dependant) -> list[Parameter]:
    """What `dependant` and all it needs read of the body."""
    return dependant.flat("body")


def shape(parameters: Sequence[Parameter], *, embed: bool) -> BodyShape:
    """The shape of a body of `parameters`."""
    is_form = any(isinstance(one.field_info, params.Form) for one in parameters)
    return BodyShape(tuple(parameters), embed, is_form)


def body_as_parameter(
    *, body_params: Sequence[Parameter], name: str, embed_body_fields: bool
) -> Parameter | None:
    """The body as one parameter of the operation `name`; `None` where nothing is read of it."""
    return shape(body_params, embed=embed_body_fields).field(name) if body_params else None


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
