"""How a widget's comm speaks through ipykernel: for the main shell, whichever page asked last.

JupyterLab gives each page a subshell of the kernel, which ends when the
page is reloaded. The comm of ipykernel 7.4 notes the subshell of the parent under which it
published last, and sends the browser's messages there, also when that subshell is long gone: they
are lost without a word. So a widget's comm publishes under parents that name no subshell: what the
browser says goes to the main shell, the only one that is always there.
"""

from __future__ import annotations

import sys
from typing import Any

import traitlets

from dualslot_widgets.errors import DualSlotError

#: `LookupError: shell_parent` whenever a thread publishes; ipykernel#1451, repaired in 7.1.
BROKEN = (7, 0)


class MainShell:
    """A kernel as a comm uses it, whose parents name no subshell.

    Parameters
    ----------
    kernel : ipykernel.kernelbase.Kernel
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernel, name)

    def get_parent(self, channel: str | None = None) -> dict[str, Any]:
        """Return the message that the kernel is answering, without the subshell it came through."""
        parent: dict[str, Any] = self._kernel.get_parent(channel) or {}
        header = parent.get("header") or {}
        if "subshell_id" not in header:
            return parent
        return {**parent, "header": {k: v for k, v in header.items() if k != "subshell_id"}}


def speak_for_main_shell(comm: Any) -> None:
    """Have a comm publish under no page's subshell from now on.

    Comms of other hosts have no kernel, or none with parents, and stay as they are; so do the
    comms that ipykernel has deprecated, which take no kernel but their own.
    """
    kernel = getattr(comm, "kernel", None)
    if isinstance(comm, traitlets.HasTraits):
        return
    if callable(getattr(kernel, "get_parent", None)) and not isinstance(kernel, MainShell):
        comm.kernel = MainShell(kernel)


def refuse_broken_kernel() -> None:
    """Raise `DualSlotError`, with the remedy, in a kernel that lets no thread publish."""
    ipykernel = sys.modules.get("ipykernel")
    base = sys.modules.get("ipykernel.kernelbase")
    if ipykernel is None or base is None or not base.Kernel.initialized():
        return
    if tuple(getattr(ipykernel, "version_info", ()))[:2] == BROKEN:
        raise DualSlotError(
            f"ipykernel {ipykernel.__version__} cannot update widgets from a thread: every "
            "dashboard would stand still. Install another one (pip install 'ipykernel>=7.1'), and "
            "restart the kernel"
        )
