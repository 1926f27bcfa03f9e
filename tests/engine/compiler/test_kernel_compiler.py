"""What the compiler of kernels makes of them: what Python does, or an error at compile time."""

from __future__ import annotations

import numba
import pytest
from numba.core.errors import TypingError

from dualslot_widgets.engine.compiler.kernel_compiler import kernel


@kernel
def collatz(number):
    steps = 0
    while number != 1:
        odd = number % 2 == 1
        if odd:
            number = 3 * number + 1
        else:
            number //= 2
        steps += 1
    return steps


@kernel
def share(part, whole):
    value = 0.0
    if whole > 0:
        value = part / whole
    return min(value, 1.0)


@kernel
def is_small(number):
    small = 0
    if number < 10:
        small = number > -10
    return small


@kernel
def of_two_types(number):
    value = 1
    if number > 2:
        value = 0.5
    return value


@numba.njit
def all_of_them(number):
    return collatz(number), share(number, 8), is_small(number), is_small(number > 3)


@numba.njit
def ambiguous(number):
    return of_two_types(number)


@pytest.mark.parametrize("number", [1, 2, 7, 27])
def test_kernels_compute_what_python_computes(number):
    python = (
        collatz.py_func(number),
        share.py_func(number, 8),
        is_small.py_func(number),
        is_small.py_func(number > 3),
    )
    assert all_of_them(number) == python


def test_a_variable_of_two_types_is_refused():
    """Without numba's versions of a variable it would silently become a float throughout."""
    with pytest.raises(TypingError, match="value is int64 first, and then float64"):
        ambiguous(3)
