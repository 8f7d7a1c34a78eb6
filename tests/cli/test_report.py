"""`kg report`: a folder in, one page out, the same bytes twice."""

import re
from pathlib import Path

import pytest

from kg.corpus.build import build
from kg.model import Annotation, Mention

from .conftest import Run


def test_a_folder_gets_its_report(run: Run, built: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = run("report", built, "-o", target)
    assert (result.status, result.out, result.err) == (0, f"{target}\n", "")
    first = target.read_bytes()
    assert b"<title>What 3 documents say</title>" in first
    assert run("report", built, "-o", target).status == 0
    assert target.read_bytes() == first


def test_it_tells_what_failed_and_what_is_disputed(run: Run, articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    bad = Annotation("broken", "Text.", (Mention("m", 0, 4, "Text", "name", "gone"),), (), (), ())
    build([*articles, bad], tmp_path / "graph")
    assert run("report", tmp_path / "graph", "--title", "Ostend").status == 0
    html = (tmp_path / "graph" / "report.html").read_text(encoding="utf-8")
    assert "<title>Ostend</title>" in html
    assert "<td><bdi>broken</bdi></td><td><bdi>document broken: mention m refers to gone" in html
    shown = run("contradictions", tmp_path / "graph").out.split("\n\n")
    facts = re.findall(r'<article class="dispute"><h3><bdi>(.*?)</bdi>', html)
    assert len(facts) == len([block for block in shown if block.strip()])


@pytest.mark.parametrize(("arguments", "said"), [(["gone"], "no graph in gone"), ([".", "-o", "."], "is a folder")])
def test_wrong_usage(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("report", *arguments)
    assert result.status == 2
    assert said in result.err
