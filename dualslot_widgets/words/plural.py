"""Numbers of things in words; the only place where a plural is made in Python."""

from __future__ import annotations


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number and what there is of it.

    Examples
    --------
    >>> plural(1, "round"), plural(1005, "run"), plural(0, "character")
    ('1 round', '1,005 runs', '0 characters')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
