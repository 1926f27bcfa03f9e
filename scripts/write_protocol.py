"""Writes js/src/protocol/ from the protocol of the kernel and the schema of scenarios: ``make js``.

Types, their docstrings and aliases are read from the source of `dualslot_widgets.widgets.protocol`;
words and bounds come from what the classes of a scenario declare. What is committed is proven fresh
by tests/test_written_files.py.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import subprocess
import textwrap
from enum import EnumMeta
from pathlib import Path
from typing import Any

from dualslot_widgets.widgets.protocol.messages import MESSAGES
from scripts.vocabulary import first_line, vocabulary

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "js" / "src" / "protocol"
PROTOCOL = "dualslot_widgets.widgets.protocol"
#: The modules that each file is written from.
FILES = {
    "comparison": ("comparison",),
    "footer": ("footer",),
    "jobs": ("jobs",),
    "messages": ("message_checks", "messages", "envelope"),
    "replay": ("replay",),
    "results": ("results",),
    "scenario": ("scenario",),
    "state": ("state",),
}
HOME = {module: file for file, modules in FILES.items() for module in modules}
#: Written from `MESSAGES`, as a union in which each type has what it holds.
UNION = "Message"
PLAIN = {"int": "number", "float": "number", "str": "string", "bool": "boolean", "Any": "unknown"}


class Module:
    """The declarations of one module of the protocol, as TypeScript."""

    def __init__(self, name: str) -> None:
        self.module = importlib.import_module(f"{PROTOCOL}.{name}")
        self.lines = inspect.getsource(self.module).splitlines()
        self.tree = ast.parse("\n".join(self.lines))
        self.doc = (ast.get_docstring(self.tree) or "").split("\n")[0]
        #: Names that other files of the front end hold, with these files.
        self.imports: dict[str, str] = {}
        self.known = {
            alias.name: HOME[each.module.removeprefix(f"{PROTOCOL}.")]
            for each in self.tree.body
            if isinstance(each, ast.ImportFrom) and (each.module or "").startswith(f"{PROTOCOL}.")
            for alias in each.names
        }

    def declarations(self) -> list[str]:
        """Return each class and alias, in the order of the source."""
        found = []
        for each in self.tree.body:
            if isinstance(each, ast.ClassDef) and each.name != UNION and _is_data(each):
                found.append(self._interface(each))
            elif isinstance(each, ast.AnnAssign) and ast.unparse(each.annotation) == "TypeAlias":
                name = ast.unparse(each.target)
                if not name.startswith("_") and name != "Content" and each.value:
                    found.append(
                        f"{self._above(each)}export type {name} = {self.type(each.value)};"
                    )
        return found

    def _interface(self, cls: ast.ClassDef) -> str:
        bases = [ast.unparse(base) for base in cls.bases if ast.unparse(base) != "TypedDict"]
        body = [each for each in cls.body if isinstance(each, ast.AnnAssign)]
        doc = (ast.get_docstring(cls) or "").split("\n\nAttributes\n")[0]
        if not body:
            return f"{_comment(doc)}export type {cls.name} = {' & '.join(bases)};"
        extends = f" extends {', '.join(bases)}" if bases else ""
        fields = []
        for each in body:
            kind, optional = each.annotation, ""
            if isinstance(kind, ast.Subscript) and ast.unparse(kind.value) == "NotRequired":
                kind, optional = kind.slice, "?"
            fields.append(f"  {ast.unparse(each.target)}{optional}: {self.type(kind)};\n")
        return f"{_comment(doc)}export interface {cls.name}{extends} {{\n{''.join(fields)}}}"

    def _above(self, node: ast.stmt) -> str:
        """Return the comment above a declaration."""
        found: list[str] = []
        for line in reversed(self.lines[: node.lineno - 1]):
            if not line.startswith("#:"):
                break
            found.insert(0, line.removeprefix("#:").strip())
        return _comment(" ".join(found)) if found else ""

    def type(self, node: ast.expr) -> str:
        """Return a type as TypeScript."""
        match node:
            case ast.Constant(value=None):
                return "null"
            case ast.Name(id=name):
                return self._named(name)
            case ast.BinOp(left=left, right=right):
                return f"{self.type(left)} | {self.type(right)}"
            case ast.Subscript(value=ast.Name(id="list"), slice=inner):
                each = self.type(inner)
                return f"({each})[]" if "|" in each else f"{each}[]"
            case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, inner])):
                return f"Record<string, {self.type(inner)}>"
            case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=elts)):
                return f"[{', '.join(map(self.type, elts))}]"
            case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
                words = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return _union([word.value for word in words if isinstance(word, ast.Constant)])
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[_, inner])):
                return self.type(inner)
        raise TypeError(
            f"{ast.unparse(node)} has no type in TypeScript yet; teach it to {__file__}"
        )

    def _named(self, name: str) -> str:
        if name in PLAIN:
            return PLAIN[name]
        if name in self.known:
            self.imports[name] = self.known[name]
            return name
        value = getattr(self.module, name)
        if isinstance(value, EnumMeta):
            return _union([each.value for each in value])
        return _union(value) if isinstance(value, tuple) else name


def _is_data(cls: ast.ClassDef) -> bool:
    return bool(cls.bases) or not any(isinstance(each, ast.FunctionDef) for each in cls.body)


def _union(words: Any) -> str:
    return " | ".join(json.dumps(word) for word in words)


def _comment(doc: str) -> str:
    """Return a docstring as a comment of TypeScript."""
    text = " ".join(doc.split()).replace("None", "null").replace("True", "true")
    if len(text) <= 92:
        return f"/** {text} */\n"
    lines = textwrap.wrap(text, 97)
    return "/**\n" + "".join(f" * {line}\n" for line in lines) + " */\n"


def _messages() -> str:
    """Return the union of all messages from the browser."""
    module = Module("message_checks")
    lines = []
    for kind, held in MESSAGES.items():
        found = [f'type: "{kind}"']
        for key, check in held.items():
            returned = check.__annotations__["return"]
            found.append(f"{key}: {module.type(ast.parse(returned, mode='eval').body)}")
        lines.append(f"  | {{ {'; '.join(found)} }}")
    return "/** A message from the browser. */\nexport type Message =\n" + "\n".join(lines) + ";"


def _file(name: str, modules: tuple[str, ...]) -> str:
    found = [Module(each) for each in modules]
    written = [text for module in found for text in module.declarations()]
    if "messages" in modules:
        written.append(_messages())
    imports: dict[str, set[str]] = {}
    for module in found:
        for each, file in module.imports.items():
            if file != name:
                imports.setdefault(file, set()).add(each)
    lines = [
        f'import type {{ {", ".join(sorted(names))} }} from "./{file}.js";'
        for file, names in sorted(imports.items())
    ]
    source = " and ".join(modules)
    head = [first_line(f"{PROTOCOL}: {source}"), f"// {found[0].doc}"]
    return "\n\n".join(["\n".join(head), *(["\n".join(lines)] if lines else []), *written]) + "\n"


def texts() -> dict[str, str]:
    """Return what each file holds, by its name, before it is formatted."""
    found = {f"{name}.ts": _file(name, modules) for name, modules in FILES.items()}
    return found | {"vocabulary.ts": vocabulary()}


def write() -> None:
    """Write the files, and let biome format them."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    command = ["npx", "biome", "check", "--write", "src/protocol"]
    subprocess.run(command, cwd=ROOT / "js", check=True)  # noqa: S603 - nobody else's words


if __name__ == "__main__":
    write()
