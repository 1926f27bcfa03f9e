"""The error that a data set is not what its scenario gives."""

from __future__ import annotations

from dualslot_widgets.errors import DualSlotError


class DisagreementError(DualSlotError):
    """A data set that the game does not give for its scenario.

    Parameters
    ----------
    table : str
        Which table says so first, a key of `tables.SCHEMAS`; empty for the parameters.
    problem : str
        What is wrong, with the number of the run.
    """

    def __init__(self, table: str, problem: str) -> None:
        self.table = table
        self.problem = problem
        super().__init__(f"table {table}: {problem}" if table else problem)
