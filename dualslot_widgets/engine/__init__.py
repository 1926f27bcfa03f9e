"""How a run is played: a scenario as flat arrays, kernels over them, and tables out of that."""
