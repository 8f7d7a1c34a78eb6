"""Compressed files: several members, broken ones, and bombs."""

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document
from kg.read import read
from kg.read.unpack import unpacked

LINES = b"".join(b'{"id": "%d", "text": "Rain fell %d times."}\n' % (n, n * n) for n in range(5000))


def pack(data: bytes, suffix: str) -> bytes:
    return gzip.compress(data) if suffix == ".gz" else zstandard.ZstdCompressor(level=3).compress(data)


def parted(path: Path) -> tuple[list[Document], list[InputError]]:
    found = list(read([path], duplicates="keep"))
    return [x for x in found if isinstance(x, Document)], [x for x in found if isinstance(x, InputError)]


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".GZ"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'{"text": "Rain fell."}'),
        ("a.csv", b"text\nRain fell."),
        ("a.txt", b"Rain fell."),
        ("a.md", b"Rain fell."),
    ],
)
def test_every_reader_reads_compressed_files(tmp_path: Path, name: str, data: bytes, suffix: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(pack(data, suffix.lower()))
    for given_input in (path, tmp_path):
        (found,), errors = parted(given_input)
        assert not errors
        assert (found.id.split("-")[0], found.text) == ("a", "Rain fell.")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_behind_each_other_are_one_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(b"".join(pack(line, suffix) for line in LINES.splitlines(keepends=True)[:50]))
    found, errors = parted(path)
    assert ([document.id for document in found], errors) == ([str(n) for n in range(50)], [])


@pytest.mark.parametrize(("suffix", "name"), [(".gz", "gzip"), (".zst", "zstandard")])
def test_of_a_broken_archive_what_comes_before_is_read(tmp_path: Path, suffix: str, name: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    parts = [pack(LINES[at : at + 20_000], suffix) for at in range(0, len(LINES), 20_000)]
    path.write_bytes(b"".join(parts)[: -len(parts[-1]) // 2])
    found, (error,) = parted(path)
    assert 4000 < len(found) < 5000
    assert str(error).startswith(f"{path}: not a whole {name} file")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_is_not_compressed_is_said(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(b"Rain fell.")
    found, (error,) = parted(path)
    assert not found
    assert "not a whole" in str(error)


def test_a_text_that_is_cut_off_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    path.write_bytes(pack(b"Rain fell. " * 1000, ".zst")[:-3])
    found, (error,) = parted(path)
    assert not found
    assert "the file ends within a frame" in str(error)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@settings(deadline=None)
@given(data=st.binary(max_size=300), cut=st.integers(0, 400))
def test_what_is_read_is_what_was_packed_or_an_error(suffix: str, data: bytes, cut: int) -> None:
    packed = pack(data, suffix)
    if cut == 0 or cut >= len(packed):
        assert unpacked(io.BytesIO(packed), suffix, source="a").read() == data
    else:
        with pytest.raises(InputError, match="not a whole"):
            unpacked(io.BytesIO(packed[:cut]), suffix, source="a").read()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_bomb_takes_little_memory(suffix: str) -> None:
    """A quarter of a gigabyte of one letter, packed into some kilobytes, is read in pieces."""
    zeros = (bytes(2**20) for _ in range(256))
    packed = io.BytesIO()
    if suffix == ".gz":
        with gzip.open(packed, "wb") as file:
            file.writelines(zeros)
    else:
        with zstandard.ZstdCompressor().stream_writer(packed, closefd=False) as stream:
            for part in zeros:
                stream.write(part)
    packed.seek(0)
    tracemalloc.start()
    total = 0
    opened = unpacked(packed, suffix, source="a")
    while part := opened.read(2**16):
        total += len(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == 2**28
    assert peak < 48 * 2**20


def test_parquet_in_an_archive_is_told_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet.gz"
    path.write_bytes(gzip.compress(b"PAR1"))
    _, (error,) = parted(path)
    assert str(error) == f"{path}: Parquet can't be read as a stream: unpack it, it is compressed in itself"
