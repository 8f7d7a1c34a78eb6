"""One task over many items, in this process or in several, in order."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar, cast

from kg.errors import WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

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
    pool = ProcessPoolExecutor(workers, get_context("spawn"), partial(_begin, task))
    try:
        for item in items:
            waiting.append(cast("Future[Result]", pool.submit(_call, item)))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        what = "what was done before is kept: run the same command again, with fewer --workers if memory is short"
        raise WorkerError(f"a worker process died; {what}") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(task: Callable[[Any], object]) -> None:
    # Ctrl-C reaches all processes of a terminal; the one that gives out the work stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tasks[:] = [task]


def _call(item: object) -> object:
    return _tasks[0](item)
