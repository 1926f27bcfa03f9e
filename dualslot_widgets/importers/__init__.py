"""Creatures and whole scenarios out of files that other programs wrote.

`bounded` makes untrusted input plain and small, and `importing` finds out whose format it is. A
module of `formats` puts a monster into the words of a stat block, which `statblock` reads, the one
reader of their English; a module of `saves` does the same with a simulator's save file. `imported`
holds what came of it, with a report of what was left out.
"""
