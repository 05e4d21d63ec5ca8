"""fastapi_lite: typed APIs on ASGI, from the signatures of functions."""

__version__ = "0.1.0"
