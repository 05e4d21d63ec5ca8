"""The package's logger."""

from __future__ import annotations

from fastapi_lite.logger import logger


def test_logger_has_the_name_of_the_package() -> None:
    assert logger.name == "fastapi_lite"
