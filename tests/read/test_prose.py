"""What of a page's lines is the article."""

from hypothesis import given
from hypothesis import strategies as st

from kg.read.prose import cleaned, prose

from .pages import SENTENCES


def test_lines_around_and_between_are_left_out_and_counted() -> None:
    page = ["Home", "Sport | Business | World", SENTENCES[0], "Advertisement", SENTENCES[1], SENTENCES[2],
            "Sign up for our newsletter and get the news of the day every morning for free.",
            "Subheading", SENTENCES[3], "Read more", "Flood kills two in the north of France, near …"]  # fmt: skip
    found = prose("\r\n".join(page))
    assert found.text.split("\n\n") == list(SENTENCES[:4])
    assert (found.left_out, found.lines, found.is_article) == (7, 11, True)


def test_what_comes_twice_is_kept_once() -> None:
    found = prose("\n".join([SENTENCES[0], "Share this story.", SENTENCES[1], "Share this story.", SENTENCES[0]]))
    assert found.text.split("\n\n") == [SENTENCES[0], SENTENCES[1]]


def test_other_scripts_end_their_sentences_too() -> None:
    line = " ".join(["शहर"] * 12) + "।"
    assert prose(f"घर\n{line}").text == line


def test_a_page_of_links_has_no_article() -> None:
    found = prose("\n".join(f"Flood number {n} kills two in the north" for n in range(50)))
    assert (found.text, found.left_out, found.is_article) == ("", 50, False)


def test_a_sentence_alone_is_no_article() -> None:
    assert not prose(SENTENCES[0]).is_article


@given(st.lists(st.sampled_from([*SENTENCES, "Home", "Read more", "", " x "])))
def test_what_is_kept_stands_in_the_page_in_its_order(lines: list[str]) -> None:
    for found in (prose("\n".join(lines)), cleaned("\n".join(lines), None)):
        kept = found.text.split("\n\n") if found.text else []
        rest = iter(line.strip() for line in lines)
        assert all(line in rest for line in kept)
        assert found.lines == sum(bool(line.strip()) for line in lines)
        assert found.left_out == found.lines - len(kept)
