"""The same applications under this package and under the released FastAPI; see scripts/parity."""
