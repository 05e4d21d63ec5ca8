"""Choosing what answers: routes, routers, path operations."""

from fastapi_lite.routing.api import APIRoute, APIRouter, APIWebSocketRoute

__all__ = ["APIRoute", "APIRouter", "APIWebSocketRoute"]
