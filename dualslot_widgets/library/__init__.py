"""What comes with the package: the bestiary, ready-made characters, placeholders, a first fight."""

import lazy_loader

from dualslot_widgets.library import named_blocks  # noqa: F401 - scenarios may name what is in here

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["bestiary", "characters"])
