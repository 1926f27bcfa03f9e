"""Where results stay: two slots on disk, each a folder of hashed files and one metadata file.

The promise: once `store_simulation` returns, the data set survives a crash of the kernel or a power
cut. Before that, whatever happens, both old slots stay readable, or one old slot and one empty.

Only bytes that were read and are wrong are damage: what cannot be read now is unknown, and nothing
is overwritten on the strength of it. What a reader would refuse is never written. What a slot says
nothing of any more is set aside, never swept away.

From the bottom: `files`, `lock`, `forks` and `remedies` know the system; `table_writer`,
`tables_io`, `event_codec`, `event_model` and `bit_planes` a table in a file; `metadata`, `slots`,
`generation` and `draft` what stands where; `commit` the promise; `history`, `set_aside` and
`archive` what outlives a slot; `simulation_storage` is what the rest of the house sees. Each of its
calls is work that Ctrl-C does not cut in half (`dualslot_widgets.system.uninterrupted`).
"""

import pyarrow as pa

# At its first array pyarrow loads pandas and more. Here, and not in the middle of a commit, where
# a full disk or a closed folder would be met by an import (tests/crash found that).
pa.array([])
