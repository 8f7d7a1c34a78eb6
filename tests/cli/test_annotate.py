"""`kg annotate`: data on standard output, the rest on standard error, and an exit status that tells."""

import io
import json
import sys
from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.usefixtures("silent")
BAD = """{"id": "a", "text": "Rain fell."}

{"id": "b", "text"
{"id": "c", "text": "FAIL"}
{"id": "d", "text": "Snow."}
"""


def _ids(out: str) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_all_is_well(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Rain\n---\nRain fell.", encoding="utf-8")
    result = run("annotate", tmp_path, "--date", "2021-07-01")
    assert (result.status, result.err) == (0, "")
    line = json.loads(result.out)
    assert (line["id"], line["text"], line["title"], line["date"]) == ("a", "Rain fell.", "Rain", "2021-07-01")


def test_what_failed_is_named_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(BAD, encoding="utf-8")
    result = run("annotate", path, tmp_path / "gone.md")
    assert result.status == 1
    assert _ids(result.out) == ["a", "d"]
    assert result.err.splitlines() == [
        f"kg: {path}, line 3: not JSON (column 19): Expecting ':' delimiter",
        f"kg: {tmp_path}/gone.md: no such file or folder",
        "kg: document c: it says so",
        "kg: 3 failed, 2 written",
    ]


def test_standard_input_to_standard_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('{"id": "é", "text": "Il a plu."}\n'.encode())))
    result = run("annotate", "-")
    assert (result.status, _ids(result.out)) == (0, ["é"])


def test_output_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    result = run("annotate", tmp_path / "a.txt", "-o", tmp_path / "out.jsonl")
    assert (result.status, result.out) == (0, "")
    assert _ids((tmp_path / "out.jsonl").read_text(encoding="utf-8")) == ["a"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--date", "yesterday"], "kg: the date 'yesterday' is not ISO 8601: write it as 2021-07-01\n"),
        (["--annotator", "tarot"], "kg: no annotator 'tarot': there are rules\n"),
        (["--ontology", "gone.ttl"], "kg: no such ontology file: gone.ttl\n"),
        (["-o", "gone/out.jsonl"], "kg: can't write gone/out.jsonl: No such file or directory\n"),
    ],
)
def test_wrong_usage_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Rain fell.", encoding="utf-8")
    result = run("annotate", "a.txt", *arguments)
    assert (result.status, result.out, result.err) == (2, "", message)
