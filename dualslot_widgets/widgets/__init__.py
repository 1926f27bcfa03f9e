"""How it is seen: the widgets of the front end, one file each beside the protocol they speak."""
