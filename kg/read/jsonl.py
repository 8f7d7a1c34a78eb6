"""JSON lines: one document a line, with the keys of the contract.

`text` is required; `id`, `title`, `date`, `url` and `language` are read, other keys are skipped. A document without an
id gets that of its file with the number of its line: "articles-3".
"""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import InputError
from kg.read.base import MAX_BYTES, NO_COLUMNS, Entry, entry


def read(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the documents of the lines; a line that holds none is an InputError in its place.

    `columns` names the keys where they are not those of the contract: {"text": "body"}.
    """
    number = entries = 0
    while raw := file.readline(MAX_BYTES + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > MAX_BYTES:
            _skip_line(file)
            entries += 1
            yield InputError(f"the line is longer than {MAX_BYTES >> 20} MiB", source=source, line=number)
        elif raw.strip():
            entries += 1
            yield _line(raw, columns, source=source, stem=stem, line=number)
    if not entries:
        yield InputError("the file is empty", source=source)


def _line(raw: bytes, columns: Mapping[str, str], *, source: str, stem: str, line: int) -> Entry | InputError:
    try:
        value = json.loads(raw.decode().rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return InputError(f"not JSON (column {error.colno}): {error.msg}", source=source, line=line)
    except UnicodeDecodeError as error:
        return InputError(f"not UTF-8 (byte {error.start + 1} of the line)", source=source, line=line)
    except (ValueError, RecursionError) as error:
        return InputError(f"JSON that can't be read: {error}", source=source, line=line)
    if not isinstance(value, dict):
        return InputError('not a JSON object such as {"id": "a1", "text": "…"}', source=source, line=line)
    if "text" in columns and columns["text"] not in value:
        return InputError(f"no key {columns['text']!r}", source=source, line=line)
    value |= {field: value.get(key) for field, key in columns.items()}
    fields = value if value.get("id") is not None else {**value, "id": f"{stem}-{line}"}
    return entry(fields, source=source, line=line)


def _skip_line(file: BinaryIO) -> None:
    while (raw := file.readline(2**20)) and not raw.endswith(b"\n"):
        pass
