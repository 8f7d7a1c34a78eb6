"""`corrections.yaml`: read with line numbers, added to without touching what stands there.

- merge: [Jane Doe @ a1, Jane Roe @ b3]
  by: anna
  date: 2026-11-25
  reason: her name before she married
- split: Daniel Cruz @ a14
  apart: [Daniel Cruz @ a11, Daniel Cruz @ a15]
  …
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import yaml

from kg.errors import CorrectionError
from kg.graph.corrections.records import (
    Action,
    Add,
    Correction,
    Link,
    Merge,
    Reject,
    Rename,
    Retype,
    Signed,
    Split,
)
from kg.graph.spool import write_file

NAME = "corrections.yaml"
HEADING = "# What people decided about this graph. `kg correct` adds entries, every `kg build` applies them.\n"
# What each action needs and may have, beside who signed it.
KEYS: dict[Action, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "merge": ((), ()),
    "split": (("apart",), ()),
    "rename": (("name",), ()),
    "retype": (("type",), ()),
    "link": (("to",), ()),
    "reject": (("document", "says"), ()),
    "add": (("relation", "object"), ("document", "text")),
}
LISTS = ("merge", "apart")


def load(path: Path) -> tuple[Correction, ...]:
    """Return the corrections of a file in its order; none where there is no file.

    Raises:
        CorrectionError: it can't be read; the message has the line and the reason.
    """
    return parse(content(path), path)


def content(path: Path) -> str:
    """Return what stands in a file, nothing where there is none.

    Raises:
        CorrectionError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"can't be read: {error}", file=path) from None


def nodes(text: str, path: Path) -> list[yaml.Node]:
    """Return the entries of a text as YAML has them, with their places; `path` is the file that messages name.

    Raises:
        CorrectionError: it is no list in YAML.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise CorrectionError(f"not YAML: {error.problem}", file=path, line=mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise CorrectionError(f"can't be read: {error}", file=path) from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise CorrectionError("needs a list of entries, each beginning with a dash", file=path, line=_line(root))
    return list(root.value)


def parse(text: str, path: Path) -> tuple[Correction, ...]:
    """Return the corrections of a text; `path` is the file that messages name.

    Raises:
        CorrectionError: it can't be read; the message has the line and the reason.
    """
    return tuple(_Entry(path, node).correction() for node in nodes(text, path))


def append(path: Path, correction: Correction) -> None:
    """Add an entry to the file, which is made if it is not there. What stands in it stays in every character.

    Raises:
        CorrectionError: what stands there can't be read.
        OSError: the file can't be written.
    """
    load(path)
    text = content(path) if path.exists() else HEADING
    if text and not text.endswith("\n"):
        text += "\n"
    write(path, text + dump(correction))


def write(path: Path, text: str) -> None:
    """Write the whole file, which has its name when it is whole.

    Raises:
        OSError: it can't be written.
    """
    data = text.encode()

    def out(file: BinaryIO) -> None:
        file.write(data)

    write_file(path, out)


def dump(correction: Correction) -> str:
    """Return an entry as it stands in the file."""
    entry = {
        key: _Line(value) if isinstance(value, list) else value
        for key, value in _fields(correction)
        if value is not None
    }
    return yaml.dump([entry], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _fields(correction: Correction) -> Iterator[tuple[str, object]]:
    match correction:
        case Merge(nodes=nodes):
            yield "merge", list(nodes)
        case Split(node=node, apart=apart):
            yield from (("split", node), ("apart", list(apart)))
        case Rename(node=node, name=name):
            yield from (("rename", node), ("name", name))
        case Retype(node=node, type=kind):
            yield from (("retype", node), ("type", kind))
        case Link(node=node, to=to):
            yield from (("link", node), ("to", to))
        case Reject():
            yield from (("reject", correction.statement), ("document", correction.document), ("says", correction.says))
        case Add():
            yield from (("add", correction.subject), ("relation", correction.relation), ("object", correction.object))
            yield from (("document", correction.document), ("text", correction.text))
    signed = correction.signed
    yield from (("by", signed.by), ("date", date.fromisoformat(signed.date)), ("reason", signed.reason))


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


class _Line(list[object]):
    """A list that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes an entry with one key a line."""


_Dumper.add_representer(
    _Line, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the file, checked key by key."""

    path: Path
    node: yaml.Node

    def correction(self) -> Correction:
        values = self._values()
        found = [key for key in KEYS if key in values]
        if len(found) != 1:
            raise self._error(f"needs one of {', '.join(KEYS)}" + (f", has {' and '.join(found)}" if found else ""))
        kind = found[0]
        needed, optional = KEYS[kind]
        self._check(values, {kind, *needed, "by", "date"}, {*optional, "reason"})
        return self._made(kind, values, self._signed(values))

    def _check(self, values: Mapping[str, object], needed: set[str], optional: set[str]) -> None:
        missing = sorted(needed - set(values))
        if missing:
            raise self._error(f"lacks {', '.join(missing)}")
        strange = sorted(set(values) - needed - optional)
        if strange:
            raise self._error(
                f"has {strange[0]!r}, which nothing reads; known are {', '.join(sorted(needed | optional))}"
            )

    def _values(self) -> dict[str, str | tuple[str, ...]]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self._error("needs keys and values, such as `merge: [Jane Doe @ a1, Jane Roe @ b3]`")
        values: dict[str, str | tuple[str, ...]] = {}
        for key, value in self.node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in values:
                raise self._error(f"has {name!r} twice", key)
            if name in LISTS:
                if not isinstance(value, yaml.SequenceNode) or not all(
                    isinstance(v, yaml.ScalarNode) for v in value.value
                ):
                    raise self._error(f"{name} is a list: [Jane Doe @ a1, …]", value)
                values[name] = tuple(v.value for v in value.value)
            elif isinstance(value, yaml.ScalarNode) and value.value.strip():
                values[name] = value.value
            else:
                raise self._error(f"{name or 'a key'} needs one value, as text", value)
        return values

    def _signed(self, values: Mapping[str, str | tuple[str, ...]]) -> Signed:
        day = str(values["date"])
        try:
            date.fromisoformat(day)
        except ValueError:
            raise self._error(f"date {day!r}: write it as 2026-11-25") from None
        reason = values.get("reason")
        return Signed(str(values["by"]), day, None if reason is None else str(reason), _line(self.node))

    def _made(self, kind: Action, values: Mapping[str, str | tuple[str, ...]], signed: Signed) -> Correction:
        def text(key: str) -> str:
            return str(values[key])

        if kind in ("merge", "split"):
            several = tuple(values["merge" if kind == "merge" else "apart"])
            least = 2 if kind == "merge" else 1
            if len(several) < least:
                raise self._error(f"{kind} needs {least} or more entities in its list")
            return Merge(several, signed) if kind == "merge" else Split(text("split"), several, signed)
        match kind:
            case "rename":
                return Rename(text("rename"), text("name"), signed)
            case "retype":
                return Retype(text("retype"), text("type"), signed)
            case "link":
                return Link(text("link"), text("to"), signed)
            case "reject":
                return Reject(text("reject"), text("document"), text("says"), signed)
            case _:
                document, sentence = values.get("document"), values.get("text")
                return Add(
                    text("add"),
                    text("relation"),
                    text("object"),
                    signed,
                    None if document is None else str(document),
                    None if sentence is None else str(sentence),
                )

    def _error(self, message: str, node: yaml.Node | None = None) -> CorrectionError:
        return CorrectionError(message, file=self.path, line=_line(node or self.node))
