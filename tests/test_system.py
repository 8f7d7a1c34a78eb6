"""The command as its users run it: bad input of every kind at once, and the same bytes twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KG = [sys.executable, "-c", "from kg.cli.main import main; main()"]

GOOD = "Anne Leroy, the mayor of Nantes, met Governor John Park in Paris on Monday."
FILES = {
    "bad/binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\xfd",
    "bad/broken.jsonl": b'{"id": "ok-1", "text": "Rain fell."}\n{"id": "ok-2", "text": "Snow fell."}\n{"id": "x\n',
    "bad/empty.md": b"",
    "bad/letterless.md": b"1, 2, 3 -- 4!",
    "bad/surrogate.jsonl": b'{"id": "s", "text": "Rain \\ud800 fell."}\n{"id": "ok-3", "text": "Hail fell."}\n',
    "bad/twice.jsonl": b'{"id": "ok-1", "text": "Another text."}\n',
    "good/bom.txt": b"\xef\xbb\xbf" + GOOD.encode(),
    "good/crlf.md": b"---\r\ntitle: <b>Rain & wind</b>\r\n---\r\n\r\n" + GOOD.encode() + b"\r\n\r\nShe left.\r\n",
    "good/html.txt": b'Police arrested <b>John "Jack" Park</b> &amp; <script>alert("x")</script> in Nantes, she said.',
    "good/marks.txt": "Anne\u202e Leroy\x00 met \u200fJohn Park\ufeff in Nantes.\x00\n".encode(),
    "good/line.txt": (GOOD + " ").encode() * 700,
}
FAILURES = [
    "bad/binary.txt: a binary file",
    "bad/broken.jsonl, line 3: not JSON (column 8)",
    "bad/empty.md: the file is empty",
    "bad/letterless.md: the text has not one letter",
    "bad/surrogate.jsonl, line 1: a lone surrogate at character 5 of 'text'",
    "bad/twice.jsonl, line 1: the id 'ok-1' was there before (bad/broken.jsonl, line 1)",
    "gone.md: no such file or folder",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("input")
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def kg(*arguments: object, cwd: Path, seed: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONWARNINGS": "error"}
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def _check(result: subprocess.CompletedProcess[str], lines: list[str]) -> None:
    """What failed is named, what did not is there, character by character."""
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    said = [line.removeprefix("kg: ") for line in result.stderr.splitlines()]
    for message in FAILURES:
        assert any(line.startswith(message) for line in said), message
    texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    assert {"ok-1", "ok-2", "ok-3", "bom", "crlf", "html", "marks", "line"} == set(texts)
    for name in ("crlf.md", "html.txt", "marks.txt", "line.txt"):
        text = FILES[f"good/{name}"].split(b"---\r\n\r\n")[-1].decode()
        assert texts[name.partition(".")[0]] == text, name
    assert texts["bom"] == GOOD


@pytest.mark.model
def test_bad_input_fails_alone_when_annotating(folder: Path) -> None:
    result = kg("annotate", "bad", "gone.md", "good", cwd=folder)
    _check(result, result.stdout.splitlines())


@pytest.mark.model
def test_bad_input_fails_alone_when_building(folder: Path, tmp_path: Path) -> None:
    result = kg("build", "bad", "gone.md", "good", "-o", tmp_path / "out", cwd=folder)
    _check(result, (tmp_path / "out" / "annotations.jsonl").read_text(encoding="utf-8").splitlines())
    assert kg("validate", tmp_path / "out", cwd=folder).returncode == 0
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert '<script>alert("x")' not in page


@pytest.mark.model
def test_two_runs_give_equal_bytes(tmp_path: Path) -> None:
    """Two processes, two working directories, two hash seeds, a relative and an absolute path."""
    first = kg("build", "seeds", "-o", tmp_path / "first", cwd=ROOT, seed=1)
    second = kg("build", ROOT / "seeds", "-o", "second", cwd=tmp_path, seed=2)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    for name in ("graph.ttl", "graph.nq", "annotations.jsonl", "graph.html"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name
    reports = [json.loads((tmp_path / run / "report.json").read_text(encoding="utf-8")) for run in ("first", "second")]
    for report in reports:
        report.pop("timing")
    assert reports[0] == reports[1]
