"""What form of an answer a client would rather have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.accept import best

OFFERED = ("text/plain", "text/html", "application/json")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "text/plain"),
        ("*/*", "text/plain"),
        ("text/*", "text/plain"),
        ("text/html", "text/html"),
        ("TEXT/HTML;charset=utf-8", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json;q=0.9, text/html;q=0.8", "application/json"),
        ("text/*;q=0.1, application/*", "application/json"),
        ("text/plain;q=0, */*", "text/html"),
        ("text/plain;q=none, application/json;q=0.1", "application/json"),
        ("image/png", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_form_is_found(accept: str, form: str | None) -> None:
    assert best(accept, OFFERED) == form


@given(st.text())
def test_no_header_breaks_it(accept: str) -> None:
    assert best(accept, OFFERED) in (*OFFERED, None)
