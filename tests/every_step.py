"""Interrupts a call at one step after another of some code: no moment is left out, none is luck.

CPython looks for signals where a function begins, behind calls, and where a loop goes back; not
between entering a `with` and what it guards.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

_LOOKS = {"RESUME", "CALL", "CALL_KW", "CALL_FUNCTION_EX", "JUMP_BACKWARD"}


def _interrupted(
    call: Callable[[], object], file: str | tuple[str, ...], step: int, but: str
) -> bool:
    """Call something, and interrupt it at a step of its code in a file, if there are so many."""
    left, last = [step], {}

    def trace(frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if not code.co_filename.endswith(file) or code.co_name == but:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            before = last.get(frame)
            last[frame] = dis.opname[code.co_code[frame.f_lasti]]
            left[0] -= before in _LOOKS
            if left[0] < 0:
                last.clear()
                sys.settrace(None)
                raise KeyboardInterrupt
        return trace

    tracer = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(tracer)
    return False


def interrupted_everywhere(
    call: Callable[[], object], file: str | tuple[str, ...], *, but: str = ""
) -> Iterator[int]:
    """Call something again and again, and yield after each interrupt at the next step.

    Parameters
    ----------
    call : callable
    file : str or tuple of str
        What the names of the files end with between whose steps an interrupt comes.
    but : str
        A function that is left out: behind a call of Python code there is no look in truth.
    """
    step = 0
    while _interrupted(call, file, step, but):
        yield step
        step += 1
