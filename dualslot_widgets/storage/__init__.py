"""Where results stay: two slots on disk, each a folder of hashed files and one metadata file.

The promise: once `store_simulation` returns, the data set survives a crash of the kernel or a power
cut. Before that, whatever happens, both old slots stay readable, or one old slot and one empty.
"""
