"""What is left out: other languages, walls and menus, and no true article."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import screen

from .pages import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "foreign.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ENGLISH = (
    "The mayor said that the river had risen for three days before it reached the houses, and that nobody had been "
    "warned by the ministry, which did not answer questions. "
)


@pytest.mark.parametrize(("language", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_other_languages_are_recognised(language: str, text: str) -> None:
    assert screen.foreign(text) == language
    assert screen.foreign(text * 40) == language


@pytest.mark.parametrize(("language", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_english_with_a_quotation_in_another_language_is_read(language: str, text: str) -> None:
    assert screen.foreign(f"{ENGLISH}“{text}” {ENGLISH}") is None
    assert screen.foreign(ENGLISH * 20 + text + ENGLISH * 20) is None


@pytest.mark.parametrize(
    "text",
    [
        "Il pleut.",
        "Deux personnes sont mortes lundi lorsque de fortes pluies sont tombées.",
        "雨が降った。",
        "Anne Leroy, Jean Dupont, Pierre Martin, Luc Moreau, Marie Dubois, Paul Bernard, Claire Petit, "
        "Louis Robert, Julie Richard, Hugo Durand, Emma Simon, Lucas Laurent",
        "Paris mayor resigns\nBerlin police arrest three\nMadrid court frees banker\nBarcelona win derby\nMerkel in "
        "Warsaw\nFlood kills two near Calais\nStrike halts Lyon trains\nAirbus orders rise",
        SENTENCES[0].upper() + SENTENCES[1].upper(),
        "1 2 3",
        "",
    ],
    ids=["sentence", "short", "japanese", "names", "headlines", "capitals", "numbers", "empty"],
)
def test_what_is_short_or_doubtful_is_read(text: str) -> None:
    assert screen.foreign(text) is None


def test_english_is_not_shown_to_the_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_identifier", lambda: pytest.fail("the model was loaded"))
    assert screen.foreign(" ".join(SENTENCES)) is None


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".jsonl":
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            item = json.loads(line)
            yield from (item[key] for key in ("text", "sentence") if isinstance(item.get(key), str))
    else:
        yield path.read_text(encoding="utf-8")


def test_the_seeds_are_read() -> None:
    paths = sorted((ROOT / "seeds").glob("*.md"))
    assert len(paths) == 8
    for text in (text for path in paths for text in _texts(path)):
        assert (screen.foreign(text), screen.no_article(text)) == (None, None)


@pytest.mark.shared
def test_no_text_of_the_benchmarks_is_refused() -> None:
    """News in English, from single sentences to whole articles, 1987 to 2020."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("no shared folder")
    texts = [t for path in sorted(shared.rglob("*")) if path.suffix in (".jsonl", ".txt") for t in _texts(path)]
    assert len(texts) > 1000
    assert [text[:100] for text in texts if screen.foreign(text) or screen.no_article(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies to improve your experience.\nAccept all cookies\nManage your preferences",
        "404 Not Found",
        "Access Denied\n\nYou don’t have permission to access this page on this server.",
        "Please enable JavaScript and cookies to continue. Verify you are human.",
        "Subscribe now to continue reading. Already a subscriber? Sign in to your account.",
        "Home\nWorld\nSport\nBusiness\nLog in\nShare",
    ],
)
def test_walls_and_menus_are_no_articles(text: str) -> None:
    assert screen.no_article(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell.",
        "The regulator fined the firm. Its site told visitors “we use cookies” and did not ask. The firm will appeal.",
        "Flood kills two",
        "One\ntwo\nthree\nfour words in one line\nfive",
        "Home\nRain fell.\nWorld\nSport\nShare",
        "Read more books, the minister told pupils. She opened a library in the town on Monday. It cost two million.",
        " ".join(SENTENCES) + " We use cookies. All rights reserved.",
    ],
)
def test_true_articles_stay(text: str) -> None:
    assert screen.no_article(text) is None


@given(st.text(), st.sampled_from([" ", "\n", "\t", "\r\n", "\u00a0", "  "]))
def test_white_space_does_not_make_another_text(text: str, space: str) -> None:
    words = text.split()
    assert screen.digest(" ".join(words)) == screen.digest(space.join([*words, ""]))
    assert (screen.digest(text) == screen.digest(f"{text} x")) is False


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_stops_the_checks(text: str) -> None:
    screen.foreign(text)
    screen.no_article(text)
    screen.evidently_english(text)
