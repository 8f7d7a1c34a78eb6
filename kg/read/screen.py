"""What a document is not read for: it is not English, no article, or was read before.

Each check refuses only what is sure, because a true article that is left out is the worse error. Short and mixed texts
pass.
"""

import re
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg import resources

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FEW_WORDS = 20
FEW_LETTERS = 60  # of a script that is not Latin, some of which don't part words
WINDOW = 1000
MOST = 0.75  # share of such letters; with fewer an English part is long enough to be read
ENGLISH = 0.1  # share of English function words; running text has 0.3, other languages below 0.02
EVIDENT = 0.2
SURE = 0.95
_NOT_FOREIGN = frozenset({"en", "pcm", "zxx"})  # English, its Nigerian creole, no language at all
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06\uff21-\uff5a]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_SHORT = 150  # words of the longest notice that is known as one
_MENU_WORDS = 4
_MENU_LINES = 5


def digest(text: str) -> bytes:
    r"""Return 16 bytes that are the same for texts that differ in white space only.

    >>> digest("Rain fell. ") == digest("Rain\n\nfell."), len(digest(""))
    (True, 16)
    """
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def foreign(text: str) -> str | None:
    """Return the language that a text seems to be in, None for English and wherever there is doubt.

    A text of 20 words with hardly an English function word among them is looked at by the language identifier of
    py3langid, which costs half a second when it is first used. English is never shown to it.

    >>> foreign("Two people died when heavy rain fell on the hills above the town.") is None
    True
    """
    sample = _sample(text)
    words = [word.lower() for word in _WORD.findall(sample)]
    other = 0 if sample.isascii() else len(_NOT_LATIN.findall(sample))
    if other < max(FEW_LETTERS, MOST * sum(map(len, words))) and (len(words) < FEW_WORDS or _share(words) >= ENGLISH):
        return None
    # The two likeliest: Indonesian and Malay, Danish and Norwegian share what belongs to one.
    (language, first), (other_language, second) = _identifier().rank(sample)[:2]
    doubtful = first + second < SURE or not {language, other_language}.isdisjoint(_NOT_FOREIGN)
    return None if doubtful else str(language)


def evidently_english(text: str) -> bool:
    """Return whether a text is English whatever its page declares: templates are often of another language.

    >>> evidently_english("The mayor of Nantes said that police had not cleared the camp when it was raining.")
    True
    """
    words = [word.lower() for word in _WORD.findall(_sample(text))]
    return bool(words) and _share(words) >= EVIDENT


def no_article(text: str) -> str | None:
    """Return what a text is instead of an article: nothing but a menu or a notice; None for all others.

    >>> no_article("We use cookies to improve your experience. By continuing to browse you agree to our cookie policy.")
    'a notice about cookies, access or subscription'
    >>> no_article("The firm said: “We use cookies.” The regulator fined it. It will appeal in the spring.")
    """
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    if len(lines) >= _MENU_LINES and not any(map(_is_sentence, lines)):
        return "a menu: no line is longer than a few words"
    words = text.split(maxsplit=_SHORT)
    if len(words) > _SHORT:
        return None
    sentences = [found for found in _SENTENCE.findall(text) if any(map(str.isalpha, found))]
    if sentences and 2 * sum(map(is_notice, sentences)) >= len(sentences):
        return "a notice about cookies, access or subscription"
    return None


def is_notice(sentence: str) -> bool:
    """Return whether a page says this about itself.

    >>> is_notice("We use cookies to personalise content."), is_notice("Rain fell.")
    (True, False)
    """
    return _notices().search(sentence.lower().replace("’", "'")) is not None


def _is_sentence(line: str) -> bool:
    return len(line.split()) > _MENU_WORDS or line.rstrip(" \t\"'”’)]").endswith((".", "!", "?"))


def _sample(text: str) -> str:
    """The beginning, the middle and the end: each may be a quotation, hardly all of them."""
    if len(text) <= 3 * WINDOW:
        return text
    middle = (len(text) - WINDOW) // 2
    return " ".join((text[:WINDOW], text[middle : middle + WINDOW], text[-WINDOW:]))


def _share(words: list[str]) -> float:
    known = resources.word_set("en", "function_words.txt")
    return sum(word in known for word in words) / len(words)


@cache
def _notices() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, resources.lexicon("en", "notices.txt"))) + r")\b")


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
