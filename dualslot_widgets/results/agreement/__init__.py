"""Whether a data set that came from elsewhere is what the game gives: its form, then its runs."""
