"""What a person does in JupyterLab: open a notebook, run it, restart its kernel, switch themes."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.server import JupyterServer

Theme = Literal["light", "dark"]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

#: Every call into the page races a clock of its own: `page.evaluate` has none.
CALL = """async ([body, argument, seconds]) => {
  let timer;
  const late = new Promise((_, reject) => {
    const give_up = () => reject(new Error(`nothing happened within ${seconds} s`));
    timer = setTimeout(give_up, seconds * 1000);
  });
  try {
    return await Promise.race([eval(body)(argument), late]);
  } finally {
    clearTimeout(timer);
  }
}"""
OPEN = """async (path) => {
  const {commands} = window.jupyterapp;
  const panel = await commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await panel.context.ready;
  await panel.sessionContext.ready;
  const kernel = panel.sessionContext.session.kernel;
  if (kernel.connectionStatus !== 'connected') {
    await new Promise((resolve) => kernel.connectionStatusChanged.connect(
      (_, status) => status === 'connected' && resolve()));
  }
  await kernel.info;
}"""
EXECUTE = "([id, args]) => window.jupyterapp.commands.execute(id, args).then(() => null)"
RESTART = """async () => {
  await window.jupyterapp.shell.currentWidget.sessionContext.restartKernel();
}"""
OUTPUTS = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
  return Array.from(cells).flatMap((cell) => cell.type === 'code' ? cell.outputs.toJSON() : []);
}"""


class Lab:
    """One page of JupyterLab over one empty folder of its own.

    Attributes
    ----------
    page : Page
        Playwright's page, for everything that this class has no word for.
    folder : Path
        The folder that the notebooks of this test lie and run in.
    """

    def __init__(self, page: Page, server: JupyterServer, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self._server = server

    def copy(self, *sources: Path) -> None:
        """Copy files or folders into this test's folder."""
        for source in sources:
            if source.is_dir():
                shutil.copytree(source, self.folder / source.name)
            else:
                shutil.copy(source, self.folder)

    def write(self, name: str, *cells: str) -> None:
        """Write a notebook with these code cells."""
        import nbformat  # takes five seconds, in each process that collects tests

        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.folder / name)

    def open(self, name: str, *, seconds: float = 60) -> None:
        """Open a notebook of this folder, and wait until its kernel is connected and answers."""
        self.load()
        self.show(name, seconds=seconds)

    def show(self, name: str, *, seconds: float = 60) -> None:
        """Open one notebook more in the page that is loaded, or bring it to the front."""
        self.call(OPEN, self._path(name), seconds=seconds)

    def _path(self, name: str) -> str:
        return (self.folder / name).relative_to(self._server.root).as_posix()

    def load(self) -> None:
        """Load JupyterLab afresh, as the browser's reload would, with nothing open."""
        self.page.goto(f"{self._address()}?reset&token={self._server.token}")
        self._wait_until_loaded()

    def _address(self) -> str:
        return f"{self._server.url}/lab/workspaces/{self.folder.name}"

    def _wait_until_loaded(self) -> None:
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        self.call("() => window.jupyterapp.restored.then(() => null)")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def await_workspace(self, *names: str) -> None:
        """Wait until JupyterLab has noted that these notebooks are open, for `reload`."""

        def noted() -> bool:
            found = self._server.request("GET", f"/lab/api/workspaces/{self.folder.name}")
            layout = json.dumps(found["data"].get("layout-restorer:data", {}))
            return all(f"notebook:{self._path(name)}" in layout for name in names)

        self.until(noted, value=True)

    def reload(self) -> None:
        """Reload the page as the browser does; the same notebooks are open again."""
        self.page.reload()
        self._wait_until_loaded()

    def run_all(self, *, seconds: float = 120) -> None:
        """Run all cells, wait until the last is done, and fail if one of them raised."""
        self.execute("notebook:run-all-cells", seconds=seconds)
        for output in self.outputs():
            if output["output_type"] == "error":
                raise AssertionError("a cell raised:\n" + "\n".join(output["traceback"]))

    def until(self, found: Callable[[], object], value: object, *, seconds: float = 60) -> None:
        """Let the page go on until something that it cannot tell us has this value."""
        end = time.monotonic() + seconds
        while (last := found()) != value:
            if time.monotonic() > end:
                raise AssertionError(f"{last!r} after {seconds} s, not {value!r}")
            self.page.wait_for_timeout(50)

    def outputs(self) -> list[dict[str, Any]]:
        """Return all outputs of the open notebook, in nbformat's form."""
        outputs: list[dict[str, Any]] = self.call(OUTPUTS)
        return outputs

    def restart_kernel(self, *, seconds: float = 60) -> None:
        """Restart the kernel of the open notebook, without asking; its outputs stay."""
        self.call(RESTART, seconds=seconds)

    def set_theme(self, theme: Theme) -> None:
        """Switch JupyterLab to its light or dark theme, and wait until it is on."""
        self.execute("apputils:change-theme", {"theme": THEMES[theme]})
        light = "true" if theme == "light" else "false"
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")

    def save(self) -> None:
        """Save the open notebook."""
        self.execute("docmanager:save")

    def execute(
        self, command: str, arguments: dict[str, Any] | None = None, *, seconds: float = 30
    ) -> None:
        """Carry out a command of JupyterLab, and wait until it is done."""
        self.call(EXECUTE, [command, arguments or {}], seconds=seconds)

    def call(self, function: str, argument: Any = None, *, seconds: float = 30) -> Any:
        """Call a JavaScript function in the page, and return its result; late is a failure."""
        return self.page.evaluate(CALL, [function, argument, seconds])
