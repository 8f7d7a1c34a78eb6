"""`kg parse`: a table to read, or a frozen parse to paste."""

import json

import pytest

from kg.parse.frozen import freeze, thaw

from .conftest import Run


@pytest.mark.model
def test_the_frozen_parse_thaws(run: Run) -> None:
    result = run("parse", "--freeze", "Anne Leroy’s car left Nantes.")
    data = json.loads(result.out)
    assert result.status == 0
    assert data["words"] == ["Anne", "Leroy", "'s", "car", "left", "Nantes", "."]
    assert freeze(thaw(data)) == data


@pytest.mark.model
def test_the_table_shows_heads_and_names(run: Run) -> None:
    result = run("parse", "Anne Leroy left Nantes.")
    assert "nsubj" in result.out
    assert "B-GPE" in result.out


def test_no_text_is_wrong_usage(run: Run) -> None:
    result = run("parse", " ")
    assert (result.status, result.err) == (2, "kg: no text to parse\n")
