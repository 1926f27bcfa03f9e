"""A widget's comm publishes for the main shell, and a kernel that cannot is named."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import ipykernel.comm.comm as ipykernel_comm
import pytest

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit.kernel_comm import speak_for_main_shell
from dualslot_widgets.widgets.parts.editor.encounter_editor import EncounterEditor

GONE = "the subshell of a page that was reloaded"


class Kernel:
    """What a comm of ipykernel needs of one."""

    iopub_socket = object()

    def __init__(self) -> None:
        self.sent: list[dict] = []
        self.session = SimpleNamespace(send=lambda *_, **told: self.sent.append(told))
        self.parent = {"header": {"msg_id": "a", "subshell_id": GONE}, "content": {"code": "x"}}

    def get_parent(self, channel=None):
        return self.parent


@pytest.fixture
def kernel(monkeypatch):
    found = Kernel()
    monkeypatch.setattr(ipykernel_comm.Kernel, "initialized", lambda: True)
    monkeypatch.setattr(ipykernel_comm.Kernel, "instance", lambda: found)
    return found


@pytest.fixture
def comm(kernel):
    found = ipykernel_comm.BaseComm(target_name="test", primary=False)
    found.send({})
    return found


def route(comm) -> object:
    """Return where the kernel would send the next message that a page sends from its subshell."""
    to = getattr(comm, "_reply_subshell_for", lambda _, default: default)
    return to({"method": "custom"}, "of the page")


def test_a_comm_that_speaks_for_the_main_shell_routes_nothing_to_a_subshell(comm):
    speak_for_main_shell(comm)
    comm.send({})
    assert route(comm) != GONE


def test_what_is_published_still_names_the_message_that_it_belongs_to(comm, kernel):
    speak_for_main_shell(comm)
    comm.send({})
    parent = kernel.sent[-1]["parent"]
    assert parent["header"] == {"msg_id": "a"}
    assert parent["content"] == {"code": "x"}
    assert kernel.parent["header"]["subshell_id"] == GONE


@pytest.mark.parametrize("parent", [{}, {"header": {}}, {"header": None}, None])
def test_there_may_be_no_parent(comm, kernel, parent):
    kernel.parent = parent
    speak_for_main_shell(comm)
    comm.send({})
    assert not (kernel.sent[-1]["parent"] or {}).get("header")


@pytest.mark.parametrize("comm", [None, object(), SimpleNamespace(kernel=None)])
def test_comms_of_other_hosts_stay_as_they_are(comm):
    before = dict(getattr(comm, "__dict__", {}))
    speak_for_main_shell(comm)
    assert getattr(comm, "__dict__", {}) == before


def test_a_comm_that_takes_no_other_kernel_stays_as_it_is(kernel):
    comm = ipykernel_comm.Comm(target_name="test", primary=False, show_warning=False, kernel=None)
    before = comm.kernel
    speak_for_main_shell(comm)
    assert comm.kernel is before


@pytest.fixture
def version(monkeypatch):
    """Have a kernel of some version of ipykernel run."""

    def run(words: str, running: bool = True) -> None:
        found = ModuleType("ipykernel")
        found.__version__ = words
        found.version_info = tuple(int(part) for part in words.split("."))
        base = ModuleType("ipykernel.kernelbase")
        base.Kernel = SimpleNamespace(initialized=lambda: running)
        monkeypatch.setitem(sys.modules, "ipykernel", found)
        monkeypatch.setitem(sys.modules, "ipykernel.kernelbase", base)

    return run


@pytest.mark.parametrize("words", ["7.0.0", "7.0.1"])
def test_ipykernel_7_0_is_named_as_the_cause_with_the_remedy(version, words):
    version(words)
    with pytest.raises(DualSlotError, match="cannot update widgets from a thread") as caught:
        EncounterEditor(starter_scenario())
    assert words in str(caught.value)
    assert "pip install 'ipykernel>=7.1'" in str(caught.value)


@pytest.mark.parametrize(
    ("words", "running"), [("6.29.5", True), ("6.31.0", True), ("7.1.0", True), ("7.0.1", False)]
)
def test_other_kernels_and_none_are_allowed(version, words, running):
    version(words, running)
    EncounterEditor(starter_scenario()).close()
