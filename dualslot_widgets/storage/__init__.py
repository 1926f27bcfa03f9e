"""Where results stay: two slots on disk, each a folder of hashed files and one metadata file.

The promise: once `store_simulation` returns, the data set survives a crash of the kernel or a power
cut. Before that, whatever happens, both old slots stay readable, or one old slot and one empty.

Only bytes that were read and are wrong are damage: what cannot be read now is unknown, and nothing
is overwritten on the strength of it. What a reader would refuse is never written. What a slot
names no more is set aside, never swept away.

Its folders, each built on those before: `disk` knows the system, `tables` a table in a file
(`older` reads what earlier versions wrote), `record` what metadata.json says, `generations` the
files of one result, `drafts` one in the making, `history` the rows that outlive it, `slots` the two
places and the commit, which is the promise, `archive` the portable file. `simulation_storage` is
what the rest of the house sees; each of its calls is work that Ctrl-C does not cut in half (see
`dualslot_widgets.system.uninterrupted`).
"""

import pyarrow as pa

# At its first array pyarrow loads pandas and more. Here, and not in the middle of a commit, where
# a full disk or a closed folder would be met by an import (tests/crash found that).
pa.array([])
