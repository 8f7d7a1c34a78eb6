"""One task over many items, in this process or in several, in order."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import active_children, get_context
from typing import Any, TypeVar, cast

from kg.errors import WorkerError
from kg.model import Annotation, Document

Item = TypeVar("Item")
Result = TypeVar("Result")
Bundled = TypeVar("Bundled", Document, Document | Annotation)

# So many items a process are on the way: enough that none waits, few enough that memory stays flat.
AHEAD = 3

_tasks: list[Callable[[Any], object]] = []


def mapped(task: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    """Yield `task(item)` for each item, in their order.

    With several workers the task is sent to each process once, and should load what it needs when it is first called.

    Raises:
        WorkerError: a process was killed, by lack of memory as a rule.
    """
    if workers == 1:
        yield from map(task, items)
        return
    waiting: deque[Future[Result]] = deque()
    others = active_children()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), partial(_begin, task))
    done = False
    try:
        for item in items:
            waiting.append(cast("Future[Result]", pool.submit(_call, item)))
            while waiting and (waiting[0].done() or len(waiting) > AHEAD * workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        done = True
    except BrokenProcessPool as error:
        what = "what was done before is kept: run the same command again, with fewer --workers if memory is short"
        raise WorkerError(f"a worker process died; {what}") from error
    finally:
        if not done:
            for process in active_children():
                if process not in others:
                    process.terminate()
        pool.shutdown(cancel_futures=True)


def bundles(items: Iterable[Bundled], most: int, characters: int) -> Iterator[list[Bundled]]:
    """Yield what has a text in lists: at most so many together, of not many more characters."""
    bundle: list[Bundled] = []
    size = 0
    for item in items:
        bundle.append(item)
        size += len(item.text)
        if len(bundle) == most or size > characters:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def _begin(task: Callable[[Any], object]) -> None:
    # Ctrl-C reaches all processes of a terminal; the one that gives out the work stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tasks[:] = [task]


def _call(item: object) -> object:
    return _tasks[0](item)
