"""Lexicons are read as data, and each language folder is complete."""

from pathlib import Path

import pytest

from kg import resources


@pytest.fixture
def language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lang" / "xx"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    return folder


def test_comments_and_blank_lines_are_no_data(language: Path) -> None:
    (language / "a.txt").write_text("# titles\nMr\n\n  Mrs # not a comment \n", encoding="utf-8")
    assert resources.lexicon("xx", "a.txt") == ("Mr", "Mrs # not a comment")
    (language / "b.tsv").write_text("# name\tcode\nFrench\tFR \n\nWelsh\t\n", encoding="utf-8")
    assert resources.table("xx", "b.tsv") == (("French", "FR"), ("Welsh", ""))
    (language / "c.toml").write_text("[default]\nname = 'm'\n", encoding="utf-8")
    assert resources.toml("xx", "c.toml") == {"default": {"name": "m"}}


def test_the_ontology_of_a_wheel_lies_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    assert resources.ontology() == tmp_path.parent / "ontology"
    (tmp_path / "ontology_data").mkdir()
    assert resources.ontology() == tmp_path / "ontology_data"


def test_each_language_has_the_same_files() -> None:
    files = {
        code: {path.name for path in resources.language_file(code, ".").iterdir() if path.is_file()}
        for code in resources.languages()
    }
    assert "en" in files
    assert all(names == files["en"] for names in files.values())


def test_each_word_list_says_what_it_is() -> None:
    for code in resources.languages():
        for path in sorted(resources.language_file(code, ".").glob("*.t*")):
            with path.open(encoding="utf-8") as file:
                assert file.readline().startswith("# "), f"{path.name} has no comment on top"
