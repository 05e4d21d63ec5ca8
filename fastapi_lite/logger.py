"""The package's logger."""

import logging

logger: logging.Logger = logging.getLogger("fastapi_lite")
