"""How much a client wants something (RFC 9110, section 12.4.2)."""

from __future__ import annotations


def read_qualities(header: str) -> dict[str, float]:
    """The quality of each choice in an `Accept` or `Accept-Encoding` header, from 0 to 1.

    Choices are in lower case and without parameters; a quality that is no number counts as 0.
    """
    qualities = {}
    for element in header.lower().split(","):
        choice, *parameters = (part.strip() for part in element.split(";"))
        if choice:
            weights = [part[2:] for part in parameters if part.startswith("q=")]
            qualities[choice] = read_quality(weights[0]) if weights else 1.0
    return qualities


def read_quality(weight: str) -> float:
    """`weight` as a number from 0 to 1, 0 when it is none."""
    whole, _, fraction = weight.partition(".")
    if whole not in ("0", "1") or (fraction and not (fraction.isascii() and fraction.isdecimal())):
        return 0.0
    return min(float(f"{whole}.{fraction[:3]}" if fraction else whole), 1.0)
