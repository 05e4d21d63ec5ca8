from __future__ import annotations

import pytest

from fastapi_lite.security.utils import get_authorization_scheme_param


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        (None, ("", "")),
        ("", ("", "")),
        ("Bearer", ("Bearer", "")),
        ("Bearer  a b ", ("Bearer", "a b")),
        (" Bearer a", ("", "Bearer a")),
    ],
)
def test_header_is_split_at_its_first_space(header: str | None, parts: tuple[str, str]) -> None:
    assert get_authorization_scheme_param(header) == parts
