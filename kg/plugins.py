"""Plug-ins: what a group has, listed without importing it, and one of them, imported on first use.

A distribution adds one by an entry point; what ships with kg is registered in the same way (pyproject.toml):

    [project.entry-points."kg.exporters"]
    ods = "my_package.ods:write"

| group         | what the entry point names                                        | its name          |
|---------------|-------------------------------------------------------------------|-------------------|
| kg.readers    | a kg.read.base.Reader                                             | a suffix: "jsonl" |
| kg.annotators | a function from Settings to what has annotate(documents)          | a name            |
| kg.exporters  | a kg.export.base.Exporter                                         | a format          |
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from kg.errors import UsageError

GROUPS = ("kg.annotators", "kg.exporters", "kg.readers")


@cache
def available(group: str) -> dict[str, EntryPoint]:
    """The plug-ins of a group by name, in order of the names; nothing is imported.

    >>> list(available("kg.readers"))
    ['csv', 'htm', 'html', 'jsonl', 'md', 'parquet', 'tsv', 'txt', 'warc', 'warc.wet', 'wet', 'xhtml']

    Of two with the same name the one whose value comes first in the alphabet is taken, whatever was installed first.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        found.setdefault(point.name, point)
    return found


def load(group: str, name: str) -> Any:
    """The plug-in `name` of a group, imported now.

    Raises:
        UsageError: there is none with that name, or it can't be imported.
    """
    points = available(group)
    if name not in points:
        kind = group.removeprefix("kg.").rstrip("s")
        raise UsageError(f"no {kind} {name!r}: there are {', '.join(points) or 'none'}")
    try:
        return points[name].load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"{group}: the plug-in {name!r} ({points[name].value}) can't be imported: {error}") from error
