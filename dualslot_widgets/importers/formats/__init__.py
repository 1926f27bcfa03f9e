"""Bestiaries of other programs: each module puts its format into the words of a stat block."""
