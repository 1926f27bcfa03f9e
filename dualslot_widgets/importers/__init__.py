"""Creatures and whole scenarios out of files that other programs wrote.

`bounded` makes untrusted input plain and small,
`importing` finds out whose format it is, and one module a format puts it into the words of a
`stat_block` (monsters) or of the scenario JSON (save files of simulators). `imported` holds what
came of it, with a report of what was left out.
"""
