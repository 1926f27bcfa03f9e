"""What comes with the package: the bestiary, ready-made characters, placeholders, a first fight."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["bestiary", "characters"])
