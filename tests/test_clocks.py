"""No test judges by the clock: what measures stands in tests/benchmarks (make bench).

In each function of each test file, and in the top of the file, nothing that was worked out from a
reading of a clock may come into an assert. Strings that are Python, for another process, are read
the same way; for the page and for the front end `performance.now` is looked for by its name.
A time-out that is too short is a verdict by the clock as well, which no reading of code finds:
tests/patience.py is for that.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FRONT_END = HERE.parent / "js" / "test"
CLOCKS = {"perf_counter", "monotonic", "process_time", "thread_time", "time"}
CLOCKS |= {f"{clock}_ns" for clock in CLOCKS}
FILES = sorted(
    path
    for path in HERE.rglob("*.py")
    if "benchmarks" not in path.relative_to(HERE).parts and path != Path(__file__)
)


def reads_clock(node: ast.AST) -> bool:
    """Whether a node is a call of one of the clocks of `time`, by whatever name it came."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        return called.attr in CLOCKS and isinstance(called.value, ast.Name)
    return isinstance(called, ast.Name) and called.id in CLOCKS


def names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def bound(node: ast.AST) -> set[str]:
    """Return the names that a statement or a walrus gives a value."""
    if isinstance(node, ast.Assign):
        return set().union(*(names(target) for target in node.targets))
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr | ast.For):
        return names(node.target)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):  # times.append(...)
        return names(node.func.value)
    return set()


def worked_out_from(node: ast.AST) -> list[ast.AST]:
    """Return what the names that a node binds are worked out from."""
    if isinstance(node, ast.For):
        return [node.iter]
    if isinstance(node, ast.Call):
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    return [node.value] if getattr(node, "value", None) is not None else []


def judged_by_the_clock(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of asserts that look at what was worked out from a clock."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, functions))]
    for scope in scopes:
        nodes = list(ast.walk(scope)) if scope is not tree else list(_top(tree))
        tainted: set[str] = set()
        before = None
        while before != tainted:
            before = set(tainted)
            for node in nodes:
                sources = worked_out_from(node) if bound(node) else []
                if any(
                    names(source) & tainted or any(map(reads_clock, ast.walk(source)))
                    for source in sources
                ):
                    tainted |= bound(node)
        for node in nodes:
            if isinstance(node, ast.Assert) and (
                names(node.test) & tainted or any(map(reads_clock, ast.walk(node.test)))
            ):
                yield node.lineno


def _top(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a module that stand in none of its functions."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _top(node)


def scripts(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the module, and every string in it of several lines that is Python by itself."""
    yield tree
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value:
            try:
                yield ast.parse(node.value)
            except (SyntaxError, ValueError):
                continue


def test_no_assert_looks_at_a_clock():
    found = [
        f"{path.relative_to(HERE)}:{line}"
        for path in FILES
        for tree in scripts(ast.parse(path.read_text(encoding="utf-8")))
        for line in judged_by_the_clock(tree)
    ]
    assert not found, f"{found}; let them await an event, or move them to tests/benchmarks"


def test_no_page_is_asked_for_its_clock():
    found = [path for path in FILES if "performance.now" in path.read_text(encoding="utf-8")]
    assert not found


def test_no_test_of_the_front_end_looks_at_a_clock():
    found = [path for path in FRONT_END.glob("*.ts*") if "performance.now" in path.read_text()]
    assert not found


JUDGES = {
    "a script": "begun = time.perf_counter()\nassert time.perf_counter() - begun < 1",
    "a difference": "spent = time.monotonic() - begun\nlimit = 1\nassert spent < limit",
    "a list": "times = []\ntimes.append(time.time())\nassert max(times) < 1",
    "a loop": "for now in [process_time()]:\n    seconds = now\nassert seconds < 1",
    "a walrus": "assert (seconds := perf_counter_ns()) < 1",
    "a sum": "seconds = 0\nseconds += time.thread_time()\nassert not seconds",
}
JUDGES_NOT = {
    "an end of a hang": "end = time.monotonic() + 9\nwhile time.monotonic() < end:\n    pass",
    "what is printed": "begun = time.time()\nprint(time.time() - begun)\nassert done()",
    "another clock": "clock = FakeClock()\nassert clock.now() == 3",
}


def as_method(code: str) -> str:
    body = "\n".join(f"        {line}" for line in code.splitlines())
    return f"class Watch:\n    def judge(self):\n{body}"


@pytest.mark.parametrize("write", [str, as_method], ids=["script", "method"])
def test_asserts_that_look_at_a_clock_are_found_and_no_others(write):
    for what, code in JUDGES.items():
        assert list(judged_by_the_clock(ast.parse(write(code)))), what
    for what, code in JUDGES_NOT.items():
        assert not list(judged_by_the_clock(ast.parse(write(code)))), what
