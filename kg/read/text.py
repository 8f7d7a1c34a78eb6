"""Plain text and Markdown: one document a file, with an optional front matter.

    ---
    title: Two die in landslide
    date: 2021-07-01
    url: https://example.org/landslide
    ---

    A landslide killed two people …

The text of the document begins after the front matter and the blank lines that follow it and runs to the end of the
file; from there every character is kept, line breaks as they are. Keys that are read: `id`, `title`, `date`, `url` and
`language`; others are skipped. A value stands on the line of its key, with or without quotation marks around it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import InputError
from kg.read.base import MAX_BYTES, NO_COLUMNS, Entry, decode, entry

_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_SKIPPED = re.compile(r"\s*(#.*)?$|[ \t]+\S|-[ \t]")
_READ = frozenset({"id", "title", "date", "url", "language"})


def read(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the document that the file is, or what is wrong with it."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield InputError(f"longer than {MAX_BYTES >> 20} MiB: split it", source=source)
        return
    if not data:
        yield InputError("the file is empty", source=source)
        return
    try:
        text = decode(data)
    except ValueError as error:
        yield InputError(str(error), source=source)
        return
    try:
        fields, start = front_matter(text, source=source)
    except InputError as error:
        yield error
        return
    yield entry({"id": stem, **fields, "text": text[start:]}, source=source)


def front_matter(text: str, *, source: str = "-") -> tuple[dict[str, str], int]:
    r"""The fields of the front matter and the offset where the text begins; ({}, 0) where there is none.

    >>> front_matter("---\ntitle: \"Rain: two die\"\ntags: [a, b]\n---\n\nIt rained.")
    ({'title': 'Rain: two die'}, 45)
    >>> front_matter("---\n\nA line was all that stood above this text.")
    ({}, 0)

    Raises:
        InputError: a line is no `key: value`, a key comes twice, or the closing `---` is missing.
    """
    lines = text.splitlines(keepends=True)
    if len(lines) < 2 or lines[0].rstrip() != "---" or not _KEY.match(lines[1].strip()):
        return {}, 0
    fields: dict[str, str] = {}
    offset = len(lines[0])
    for number, line in enumerate(lines[1:], start=2):
        offset += len(line)
        if line.rstrip() in ("---", "..."):
            rest = text[offset:]
            blank = re.match(r"(?:[ \t]*\r?\n)*", rest)
            return fields, offset + (blank.end() if blank else 0)
        found = _KEY.match(line.rstrip())
        if found is None and not _SKIPPED.match(line.rstrip("\r\n")):
            raise InputError(f"not 'key: value' in the front matter: {line.strip()[:60]!r}", source=source, line=number)
        if found is None or found[1].lower() not in _READ:
            continue
        if found[1].lower() in fields:
            raise InputError(f"the front matter has the key {found[1]!r} twice", source=source, line=number)
        fields[found[1].lower()] = _unquoted((found[2] or "").strip())
    raise InputError("the front matter that begins here has no closing line '---'", source=source, line=1)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
