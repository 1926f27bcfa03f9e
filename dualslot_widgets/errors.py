"""The one family of errors: each says what was wrong, where, and what to do about it."""

from __future__ import annotations

import threading

from dualslot_widgets.words.visible import visible_lines


class DualSlotError(Exception):
    """Base of every error this package raises on purpose.

    Names and values in its text are somebody's data: unseen characters stand as escapes.
    """

    def __str__(self) -> str:
        return visible_lines(super().__str__())


class ScenarioError(DualSlotError, ValueError):
    """A scenario that cannot be played, with every problem found in it.

    Parameters
    ----------
    problems : sequence of str
        One line per problem, each starting with the path of the value, for example
        ``"players[0].actions[1].damage: ..."``.

    Attributes
    ----------
    problems : tuple of str
        The same lines.
    """

    def __init__(self, problems: list[str] | tuple[str, ...] | str) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))


class StorageError(DualSlotError):
    """The slots on disk could not be read or written as asked."""


class DamagedSlotError(StorageError):
    """A slot whose bytes are not the bytes that were stored in it."""


class SimulationCancelled(DualSlotError):
    """The result of a job was asked for, and the job had been cancelled."""


class SimulationFailed(DualSlotError):
    """The result of a job was asked for, and the job had failed; the cause is chained."""


class SimulationTooLarge(DualSlotError):
    """Playing a scenario would take more memory or time than it may; the message says what of."""


def in_words(error: BaseException) -> str:
    """Return what an error says; of one that is not of this family with its kind before it.

    It may be anybody's, and what it says may itself be an error: then the kind is all that is told.
    """
    kind = type(error).__name__
    try:
        said = str(error)
    except BaseException as worse:
        if is_interrupt(worse):
            raise
        return visible_lines(f"{kind}, which cannot be put in words")
    if isinstance(error, DualSlotError) and said:
        return said
    return visible_lines(": ".join(filter(None, (kind, said))))


def is_interrupt(error: BaseException) -> bool:
    """Say whether this is the user's Ctrl-C, which only the main thread ever gets.

    Whatever else a callback raises, `SystemExit` and a `KeyboardInterrupt` of its own in another
    thread included, is a failure of that callback, and ends nothing but it.
    """
    main = threading.current_thread() is threading.main_thread()
    return main and isinstance(error, KeyboardInterrupt)
