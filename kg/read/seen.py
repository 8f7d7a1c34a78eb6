"""Which ids and texts were there before, in few bytes a document: a million documents stream through one run.

A table holds 16-byte digests and the place of a note in a file: 24 bytes a slot, at most two thirds of which are used.
The notes (an id, where it stands) go to a temporary file and are read only when a digest comes a second time.
"""

from array import array
from tempfile import SpooledTemporaryFile

WIDTH = 16
_IN_MEMORY = 2**20
_FIRST_SIZE = 1024


class Table:
    """A map from digests of 16 bytes to whole numbers, as an open-addressed hash table.

    >>> table = Table()
    >>> table.get(b"0123456789abcdef"), table.put(b"0123456789abcdef", 7), table.get(b"0123456789abcdef")
    (None, None, 7)
    """

    def __init__(self) -> None:
        self._count = 0
        self._size = _FIRST_SIZE
        self._keys = bytearray(self._size * WIDTH)
        self._values = array("Q", bytes(8 * self._size))  # 0 is an empty slot, so numbers are stored plus one

    def __len__(self) -> int:
        return self._count

    def get(self, key: bytes) -> int | None:
        """Return the number of `key`, None where it has none."""
        value = self._values[self._slot(key)]
        return value - 1 if value else None

    def put(self, key: bytes, value: int) -> None:
        """Give `key` a number, not below 0."""
        if 3 * (self._count + 1) > 2 * self._size:
            self._grow()
        slot = self._slot(key)
        self._count += not self._values[slot]
        self._keys[slot * WIDTH : (slot + 1) * WIDTH] = key
        self._values[slot] = value + 1

    def _slot(self, key: bytes) -> int:
        """The slot of `key`, or the empty one where it belongs."""
        slot = int.from_bytes(key[:8], "little") % self._size
        while self._values[slot] and self._keys[slot * WIDTH : (slot + 1) * WIDTH] != key:
            slot = (slot + 1) % self._size
        return slot

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._size *= 2
        self._keys = bytearray(self._size * WIDTH)
        self._values = array("Q", bytes(8 * self._size))
        for at, value in enumerate(values):
            if value:
                key = bytes(keys[at * WIDTH : (at + 1) * WIDTH])
                slot = self._slot(key)
                self._keys[slot * WIDTH : (slot + 1) * WIDTH] = key
                self._values[slot] = value


class Notes:
    """Lines of text that are found again by their place."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the run

    def add(self, *parts: str) -> int:
        """Write a note of several parts; return its place."""
        at = self._file.seek(0, 2)
        self._file.write("\0".join(part.replace("\0", " ").replace("\n", " ") for part in parts).encode() + b"\n")
        return at

    def read(self, at: int) -> list[str]:
        """Return the parts of the note at a place."""
        self._file.seek(at)
        return self._file.readline().decode().rstrip("\n").split("\0")

    def close(self) -> None:
        """Give the file up."""
        self._file.close()
