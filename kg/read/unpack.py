"""Compressed files: `.gz` and `.zst` behind the suffix of any reader are unpacked while they are read.

Memory stays small whatever a file unpacks to: readers ask for so many bytes and get no more, and each has its own bound
for a line, a page or a document. What a broken archive gives before it breaks is read, then the damage is reported.
"""

import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.errors import InputError
from kg.read.base import extra

if TYPE_CHECKING:
    import zstandard

SUFFIXES = (".gz", ".zst")
_INPUT = 512  # bytes: 4 can stand for 128 KiB, so what is unpacked at once stays below 16 MiB


class _Stream(Protocol):
    def read1(self, size: int, /) -> bytes:
        """At most `size` bytes, as many as come at once; none at the end."""
        ...


def packing(name: str) -> str:
    """The suffix that says how a file is compressed; "" for one that is not.

    >>> packing("news.jsonl.gz"), packing("PAGE.HTML.ZST"), packing("news.txt")
    ('.gz', '.zst', '')
    """
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")


def unpacked(file: BinaryIO, suffix: str, *, source: str) -> BinaryIO:
    """What `file` holds, unpacked as it is read; the file itself for the suffix "".

    Reading raises InputError where the archive is broken or cut off.

    Raises:
        InputError: the package that unpacks it is not installed.
    """
    if not suffix:
        return file
    if suffix == ".gz":
        raw = _Unpacked(gzip.GzipFile(fileobj=file, mode="rb"), "gzip", source, ())
    else:
        extra("zstandard", source=source)
        import zstandard

        raw = _Unpacked(_Frames(file, zstandard.ZstdDecompressor()), "zstandard", source, (zstandard.ZstdError,))
    return cast("BinaryIO", io.BufferedReader(raw, 2**16))


class _Unpacked(io.RawIOBase):
    """A stream that can only be read forwards, and whose damage is an InputError."""

    def __init__(self, stream: _Stream, name: str, source: str, errors: tuple[type[Exception], ...]) -> None:
        self._stream = stream
        self._name = name
        self._source = source
        self._errors: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, *errors)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            data = self._stream.read1(len(buffer))
        except self._errors as error:
            raise InputError(f"not a whole {self._name} file: {error}", source=self._source) from None
        buffer[: len(data)] = data
        return len(data)


class _Frames:
    """The frames of a zstandard file, one behind the other.

    The stream reader of `zstandard` takes a file that is cut off for one that ends there; this one doesn't.
    """

    def __init__(self, file: BinaryIO, decompressor: "zstandard.ZstdDecompressor") -> None:
        self._file = file
        self._decompressor = decompressor
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._data = memoryview(b"")

    def read1(self, size: int, /) -> bytes:
        while not self._data:
            self._packed = self._packed or self._file.read(_INPUT)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the file ends within a frame")
                return b""
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            self._data = memoryview(self._frame.decompress(self._packed))
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        data, self._data = bytes(self._data[:size]), self._data[size:]
        return data
