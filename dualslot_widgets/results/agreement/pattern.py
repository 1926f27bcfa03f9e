"""What is the same in every run of a scenario, as the engine itself writes it: words and people.

Nothing is listed here by hand: the engine plays one round, and the tables it makes of that say
which words may stand in which column, and who fights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.tables import SCHEMAS, dictionary_column


@dataclass(frozen=True, slots=True)
class Pattern:
    """What every run of a scenario has in common.

    Attributes
    ----------
    words : dict of str to (dict of str to pyarrow.Array)
        For each table, for each of its columns that hold words, all words that there can be.
    people : pyarrow.Table
        The rows of the combatants table of one run; N rows.
    """

    words: Mapping[str, Mapping[str, pa.Array]]
    people: pa.Table

    @classmethod
    def from_simulation(cls, simulation: TableSimulation) -> Pattern:
        """Return the pattern of the scenario that a logged simulation plays."""
        tables = simulation.tables_of(0, 1, max_rounds=1)
        words = {
            name: {
                field.name: table[field.name].chunk(0).dictionary
                for field in table.schema
                if pa.types.is_dictionary(field.type)
            }
            for name, table in tables.items()
        }
        return cls(words, tables["combatants"])

    def in_these_words(self, name: str, table: pa.Table) -> pa.Table:
        """Return a table with the dictionaries that the engine gives it, and the same values.

        Parameters
        ----------
        name : str
            A key of `tables.SCHEMAS`, whose columns it has.
        table : pyarrow.Table

        Raises
        ------
        DisagreementError
            When a dictionary has a word, used or not, that its column cannot have, or one twice.
        """
        for column, known in self.words[name].items():
            at = table.schema.get_field_index(column)
            found = table.column(at)
            if all(chunk.dictionary.equals(known) for chunk in found.chunks):
                continue
            new = [_with_words(name, column, chunk, known) for chunk in found.chunks]
            kind = SCHEMAS[name].field(column)
            table = table.set_column(at, kind, pa.chunked_array(new, kind.type))
        return table


def _with_words(
    name: str, column: str, chunk: pa.DictionaryArray, known: pa.Array
) -> pa.DictionaryArray:
    words = chunk.dictionary.to_pylist()
    place = {word: at for at, word in enumerate(known.to_pylist())}
    strange = [word for word in words if word not in place]
    if strange:
        raise DisagreementError(
            name, f"its column {column} has the word {strange[0]!r:.60}, which is none of its own"
        )
    if len(set(words)) < len(words):
        raise DisagreementError(name, f"its column {column} has a word twice")
    keys = np.array([*(place[word] for word in words), -1], np.int64)
    codes = keys[chunk.indices.fill_null(-1).to_numpy()]
    narrow = codes.astype(chunk.type.index_type.to_pandas_dtype())
    missing = codes < 0
    return dictionary_column(
        narrow, known.to_pylist(), chunk.type, missing if missing.any() else None
    )
