"""Reads the English of a stat block into a creature."""
