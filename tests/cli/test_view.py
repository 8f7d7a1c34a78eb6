"""`kg view`: a folder or a file of annotations in, a page out."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def annotations(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(root / "tests" / "view" / "articles.jsonl", tmp_path / "annotations.jsonl"))


def test_a_folder_gets_its_page(run: Run, annotations: Path) -> None:
    assert run("build", annotations, "-o", annotations.parent, "--no-files").status == 0
    result = run("view", annotations.parent)
    page = annotations.with_name("graph.html")
    assert (result.status, result.out, result.err) == (0, f"{page}\n", "")
    assert "<title>3 articles</title>" in page.read_text(encoding="utf-8")


def test_a_file_and_a_title(run: Run, annotations: Path, tmp_path: Path) -> None:
    result = run("view", annotations, "-o", tmp_path / "page.html", "--title", "Brenholm")
    assert result.status == 0
    assert "<title>Brenholm</title>" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_standard_input(run: Run, annotations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = annotations.read_bytes() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    assert run("view", "-", "-o", tmp_path / "page.html").status == 0
    assert (tmp_path / "page.html").is_file()


def test_what_is_no_annotation_is_named(run: Run, annotations: Path) -> None:
    annotations.write_text(annotations.read_text(encoding="utf-8") + '{"id": "x"}\n', encoding="utf-8")
    result = run("view", annotations)
    assert result.status == 1
    assert result.err.startswith(f"kg: {annotations}, line 4: not an annotation")
    assert not annotations.with_name("graph.html").exists()


@pytest.mark.parametrize(("argument", "said"), [("gone", "no annotations at gone"), (".", "no graph in .")])
def test_nothing_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("view", argument)
    assert result.status == 2
    assert said in result.err


def test_a_folder_is_no_file_to_write(run: Run, annotations: Path) -> None:
    result = run("view", annotations, "-o", annotations.parent)
    assert result.status == 2
    assert "is a folder" in result.err
