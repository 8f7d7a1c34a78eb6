"""The progress of long commands on a terminal: how many documents, how fast, how much longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, Task, TaskID
    from rich.text import Text


class Counter:
    """Counts documents, says what is wrong with those that fail, and names what is done."""

    def __init__(self, progress: "Progress", task: "TaskID", console: "Console") -> None:
        """Show on a rich progress and its console."""
        self._progress = progress
        self._task = task
        self._console = console

    def step(self, item: object = None, count: int = 1) -> None:
        """Count a document, or name an error."""
        if isinstance(item, KgError):
            self.say(str(item))
        self._progress.advance(self._task, count)

    def say(self, message: str) -> None:
        """Say something above the line."""
        from rich.markup import escape

        self._console.print(f"kg: {escape(message)}", soft_wrap=True, highlight=False)

    def phase(self, name: str) -> None:
        """Name what is done now."""
        self._progress.update(self._task, description=name)


@contextmanager
def counting(total: int | None = None, what: str = "reading", noun: str = "documents") -> Iterator[Counter]:
    """Give a counter of documents, of `total` if that is known; it shows itself on a terminal only.

    `what` is done first, to what the `noun` says.
    """
    from rich.console import Console
    from rich.progress import (
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """So many a second."""

        def render(self, task: "Task") -> "Text":
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn(noun),
        Rate(),
        TimeElapsedColumn(),
        *([TextColumn("left"), TimeRemainingColumn()] if total else []),
    )
    shown = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown, speed_estimate_period=120) as progress:
        yield Counter(progress, progress.add_task(what, total=total), console)
