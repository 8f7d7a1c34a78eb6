"""Plug-ins are listed without being imported, and what ships is registered."""

import subprocess
import sys

import pytest

from kg import plugins
from kg.errors import UsageError


def test_listing_imports_nothing() -> None:
    code = "import sys; from kg import plugins; plugins.available('kg.readers'); print('kg.read' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "False\n"


@pytest.mark.parametrize("group", plugins.GROUPS)
def test_everything_that_is_registered_can_be_imported(group: str) -> None:
    for name in plugins.available(group):
        assert plugins.load(group, name) is not None, f"{group}: {name}"


def test_an_unknown_one_is_wrong_usage_and_the_known_are_named() -> None:
    with pytest.raises(UsageError, match=r"no reader 'pdf': there are csv, htm, html, jsonl, md, parquet"):
        plugins.load("kg.readers", "pdf")
