"""`python -m fastapi_lite`: the command line."""

from fastapi_lite.cli import main

main(prog_name="python -m fastapi_lite")
