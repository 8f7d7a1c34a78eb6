"""What every registered reader must do, whatever it reads."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import plugins
from kg.errors import InputError
from kg.read import base, inputs

from .pages import Archive, page

NAMES = sorted(plugins.available(inputs.GROUP))


def sample(name: str) -> bytes:
    """A file with one document, as the reader takes it."""
    if name.endswith(("warc", "wet")):
        archive = Archive()
        archive.response("https://example.org/a", page())
        return archive.data
    if name == "parquet":
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        file = io.BytesIO()
        pq.write_table(pa.table({"text": ["Rain fell."]}), file)
        return file.getvalue()
    if name.endswith(("htm", "html")):
        return page().encode()
    return {"jsonl": b'{"text": "Rain fell."}', "csv": b"text\nRain fell.", "tsv": b"text\tid\nRain fell.\t1"}.get(
        name, b"Rain fell."
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_the_stem_in_its_id_and_is_the_same_twice(name: str) -> None:
    reader = plugins.load(inputs.GROUP, name)
    first, second = (list(reader(io.BytesIO(sample(name)), source=f"x.{name}", stem="s")) for _ in range(2))
    assert first == second
    (found,) = first
    assert isinstance(found, base.Entry)
    assert found.document.id.startswith("s") or name == "tsv"
    assert found.document.text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_file_is_an_error_with_its_name(name: str) -> None:
    (found,) = plugins.load(inputs.GROUP, name)(io.BytesIO(b""), source=f"x.{name}", stem="s")
    assert isinstance(found, InputError)
    assert str(found).startswith(f"x.{name}")


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=30)
@given(data=st.binary(max_size=200))
def test_no_bytes_stop_a_reader(name: str, data: bytes) -> None:
    for found in plugins.load(inputs.GROUP, name)(io.BytesIO(data), source="x", stem="s"):
        assert isinstance(found, base.Entry | InputError)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_named_so_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"news.{name}"
    path.write_bytes(sample(name))
    (found,) = inputs.read([path])
    assert not isinstance(found, InputError), found
    assert found.id.startswith("news") or name == "tsv"


@pytest.mark.parametrize("name", ["htm", "html", "parquet", "warc", "warc.wet", "wet", "xhtml", "txt.zst"])
def test_a_missing_extra_is_one_error_for_the_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "find_spec", lambda package: None)
    (tmp_path / f"a.{name}").write_bytes(b"Rain fell.")
    (tmp_path / "b.txt").write_bytes(b"Rain fell.")
    error, found = inputs.read([tmp_path])
    assert isinstance(error, InputError)
    assert str(error).endswith("is not installed: pip install 'kg-actors-places[read]'")
    assert not isinstance(found, InputError)
