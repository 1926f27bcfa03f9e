"""Save files of other simulators of fights, as scenarios."""
