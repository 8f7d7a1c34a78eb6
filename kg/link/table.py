"""The gazetteer's own file format: many places in few megabytes, read a few kilobytes at a time.

A file is the magic line, a JSON line with the sizes of its sections and their checksum, and the sections: the first key
of each block of names, the blocks of names (key → row numbers), the blocks of rows, and the GeoNames ids with their row
numbers. Blocks are compressed one by one, so that a look-up unpacks one block of names and one or two of rows. Rows are
sorted by the key of their name: places of one name stand together.
"""

import json
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MAGIC = b"kg gazetteer 2\n"
_NAMES = 192
_ROWS = 128
_TYPES = {"P": "City", "A": "Region"}


@dataclass(frozen=True, slots=True)
class Row:
    """One place as it is stored; `parent` is the row number of the place that contains it, or -1."""

    name: str
    type: str
    feature: str
    latitude: float | None
    longitude: float | None
    country: str
    population: int
    geonames: int
    parent: int


def _line(row: Row) -> str:
    point = (
        ("", "") if row.latitude is None or row.longitude is None else (f"{row.latitude:.3f}", f"{row.longitude:.3f}")
    )
    fields = (row.name, row.feature, *point, row.country, str(row.population), str(row.geonames), str(row.parent))
    return "\t".join(fields)


def _row(line: str) -> Row:
    name, feature, lat, lon, country, population, geonames, parent = line.split("\t")
    return Row(
        name,
        "Country" if feature == "PCLI" else _TYPES[feature[0]],
        feature,
        float(lat) if lat else None,
        float(lon) if lon else None,
        country,
        int(population),
        int(geonames),
        int(parent),
    )


def _blocks(lines: list[str], size: int) -> tuple[bytes, bytes]:
    """Lines in compressed blocks, and the offsets of the blocks."""
    packed = [zlib.compress("\n".join(lines[i : i + size]).encode(), 9) for i in range(0, len(lines), size)]
    ends = array("I", [0])
    for block in packed:
        ends.append(ends[-1] + len(block))
    return b"".join(packed), _little(ends)


def _little(numbers: "array[int]") -> bytes:
    import sys

    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(data: bytes) -> "array[int]":
    import sys

    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def pack(rows: list[Row], keys: Iterable[tuple[str, int]]) -> bytes:
    """The bytes of a table of `rows`, found by `keys`: pairs of a key and a row number."""
    index: dict[str, set[int]] = {}
    for key, number in keys:
        index.setdefault(key, set()).add(number)
    names = sorted(index)
    lines = [f"{name}\t{','.join(map(str, sorted(index[name])))}" for name in names]
    name_blocks, name_ends = _blocks(lines, _NAMES)
    row_blocks, row_ends = _blocks([_line(r) for r in rows], _ROWS)
    ids = sorted((row.geonames, number) for number, row in enumerate(rows) if row.geonames)
    sections = {
        "heads": zlib.compress("\n".join(names[::_NAMES]).encode(), 9),
        "name_ends": name_ends,
        "names": name_blocks,
        "row_ends": row_ends,
        "rows": row_blocks,
        "ids": zlib.compress(_little(array("I", [i for i, _ in ids])), 9),
        "numbers": zlib.compress(_little(array("I", [n for _, n in ids])), 9),
    }
    body = b"".join(sections.values())
    head = {"sizes": {name: len(data) for name, data in sections.items()}, "crc32": zlib.crc32(body), "rows": len(rows)}
    return MAGIC + json.dumps(head).encode() + b"\n" + body


class Table:
    """A packed table, unpacked where it is asked."""

    def __init__(self, data: bytes) -> None:
        """Read the header and the first keys; `ValueError` if the bytes are of another format, cut short or changed."""
        if not data.startswith(MAGIC):
            raise ValueError(f"it does not begin with {MAGIC.decode().strip()!r}: another format, or none")
        at = data.find(b"\n", len(MAGIC)) + 1
        if at == 0:
            raise ValueError("it is cut short in its first lines")
        head = json.loads(data[len(MAGIC) : at])
        want = at + sum(head["sizes"].values())
        if want != len(data):
            raise ValueError(f"it should have {want} bytes and has {len(data)}")
        if zlib.crc32(memoryview(data)[at:]) != head["crc32"]:
            raise ValueError("its bytes have changed: the checksum is another one")
        self.rows: int = head["rows"]
        self._section: dict[str, bytes] = {}
        for name, size in head["sizes"].items():
            self._section[name] = data[at : at + size]
            at += size
        self._heads = zlib.decompress(self._section["heads"]).decode().split("\n")
        self._name_ends = _numbers(self._section["name_ends"])
        self._row_ends = _numbers(self._section["row_ends"])
        self._ids: tuple[array[int], array[int]] | None = None
        self._name_block = lru_cache(maxsize=256)(self._unpack_names)
        self._row_block = lru_cache(maxsize=512)(self._unpack_rows)

    def _unpack_names(self, block: int) -> dict[str, str]:
        part = self._section["names"][self._name_ends[block] : self._name_ends[block + 1]]
        return dict(line.split("\t") for line in zlib.decompress(part).decode().split("\n"))

    def _unpack_rows(self, block: int) -> list[str]:
        part = self._section["rows"][self._row_ends[block] : self._row_ends[block + 1]]
        return zlib.decompress(part).decode().split("\n")

    def numbers(self, key: str) -> tuple[int, ...]:
        """The row numbers of the places of that key."""
        block = min(bisect_right(self._heads, key), len(self._name_ends) - 1) - 1
        found = self._name_block(block).get(key) if block >= 0 else None
        return tuple(map(int, found.split(","))) if found else ()

    def row(self, number: int) -> Row:
        """The row of that number."""
        return _row(self._row_block(number // _ROWS)[number % _ROWS])

    def number_of(self, geonames: int) -> int | None:
        """The row number of the place with that GeoNames id."""
        if self._ids is None:
            ids = _numbers(zlib.decompress(self._section["ids"]))
            self._ids = (ids, _numbers(zlib.decompress(self._section["numbers"])))
        ids, numbers = self._ids
        at = bisect_left(ids, geonames)
        return numbers[at] if at < len(ids) and ids[at] == geonames else None
