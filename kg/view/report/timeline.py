"""When documents came out, as columns of an SVG: a day, a week, a month or a year each."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 900, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 18, 30
_COLUMNS = 62  # at most, but years, of which there may be more
_LABELS = 7


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of time with its documents, and where it is drawn; `label` is written below, where there is one."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns, lines of the scale (a number and its height), and what a column is."""

    unit: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """How time is parted: the first day of the part in which a day is, and of the next part; the name of a part."""

    name: str
    begin: Callable[[date], date]
    following: Callable[[date], date]
    label: Callable[[date], str]


def _month(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return _month(day.replace(day=1) + timedelta(days=31))


_UNITS = (
    _Unit("day", lambda day: day, lambda day: day + timedelta(days=1), date.isoformat),
    _Unit(
        "week",
        lambda day: day - timedelta(days=day.weekday()) if day > date.min + timedelta(days=7) else day,
        lambda day: day + timedelta(days=7),
        date.isoformat,
    ),
    _Unit("month", _month, _next_month, lambda day: day.isoformat()[:7]),
    _Unit(
        "year",
        lambda day: day.replace(month=1, day=1),
        lambda day: date(day.year + 1, 1, 1),
        lambda day: f"{day.year:04}",
    ),
)


def timeline(days: Iterable[tuple[str, int]]) -> Timeline | None:
    """Return the columns of ISO days with their numbers of documents; None where there is no day.

    >>> [(column.name, column.count) for column in timeline([("2024-03-05", 2), ("2024-03-07", 1)]).columns]
    [('2024-03-05', 2), ('2024-03-06', 0), ('2024-03-07', 1)]
    """
    counted = Counter({date.fromisoformat(day): count for day, count in days})
    if not counted:
        return None
    first, last = min(counted), min(max(counted), date(9998, 12, 31))
    span = (last - first).days
    unit = next(u for u, length in zip(_UNITS, (1, 7, 30, 0), strict=True) if not length or span / length < _COLUMNS)
    parts: Counter[date] = Counter()
    for day, count in counted.items():
        parts[unit.begin(day)] += count
    begins = [unit.begin(first)]
    while begins[-1] < unit.begin(last):
        begins.append(unit.following(begins[-1]))
    most = max(parts.values())
    top = _round(most)
    step = (WIDTH - _LEFT - _RIGHT) / len(begins)
    width = min(step * 0.8, 60)
    labelled = _labelled(len(begins))
    columns = []
    for number, begin in enumerate(begins):
        height = parts[begin] / top * (HEIGHT - _TOP - _BOTTOM)
        x = _LEFT + step * number + (step - width) / 2
        label = unit.label(begin) if number in labelled else ""
        y = HEIGHT - _BOTTOM - height
        columns.append(
            Column(unit.label(begin), parts[begin], round(x, 2), round(y, 2), round(width, 2), round(height, 2), label)
        )
    lines = [(value, round(HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM), 2)) for value in _scale(top)]
    return Timeline(unit.name, tuple(columns), tuple(lines))


def _round(most: int) -> int:
    """Return the end of a scale: the next of 1, 2, 4, 6, 8, 10, 20, 40, ….

    >>> [_round(n) for n in (1, 3, 5, 9, 11, 41)]
    [1, 4, 6, 10, 20, 60]
    """
    tens = 1
    while True:
        for step in (1, 2, 4, 6, 8):
            if step * tens >= most:
                return step * tens
        tens *= 10


def _scale(top: int) -> list[int]:
    return [0, top // 2, top] if top % 2 == 0 else [0, top]


def _labelled(columns: int) -> set[int]:
    """Return which columns are named: the first, the last, and some at equal distances."""
    if columns <= _LABELS:
        return set(range(columns))
    step = -(-(columns - 1) // (_LABELS - 1))
    chosen = list(range(0, columns, step))
    if columns - 1 - chosen[-1] < step and len(chosen) > 1:
        chosen.pop()
    return {*chosen, columns - 1}
