"""Sentence starts around quotation marks, paragraphs and headlines, set before the parser.

A parser that has to find sentence boundaries on its own splits a quotation from its closing mark and runs a headline
into the text below it. What punctuation says for certain is set here; the rest is left to the parser, which respects
what it finds.
"""

from spacy.language import Language
from spacy.tokens import Doc

from kg.parse.lexicons import word_set

NAME = "kg_sentences"

_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!?", "!!", "??"})
_OPENING = frozenset("“«„‘‹")
_CLOSING = frozenset("”»’›")
_STRAIGHT = frozenset({'"', "''", "``", "'"})
_WRAPPED = (40, 100)
_DASHES = frozenset({"—", "–", "-", "--"})
_DATELINE = 12
_NOT_YET = 5  # words behind a dateline that end no sentence without a full stop


def add_sentence_component(nlp: Language) -> None:
    """Put `mark_sentences` before the parser of `nlp` (once; nothing happens when it is there already).

    The component is registered here, when it is needed, and not when the module is imported.
    """
    if NAME in nlp.pipe_names:
        return
    if not Language.has_factory(NAME):
        Language.component(NAME, func=mark_sentences)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(NAME, before="parser")
    else:
        nlp.add_pipe(NAME)


def mark_sentences(doc: Doc) -> Doc:
    """The same Doc, with the sentence starts set that punctuation and line ends are sure about.

    `"We go on," he told AFP. "Everyone is here."` → starts at the first and at the third quotation mark only: what
    follows a comma inside the marks, and a closing mark, never starts a sentence. A new paragraph always does, and a
    line without any final punctuation (a headline) is one sentence.
    """
    words = [token.text for token in doc]
    spaced = [bool(token.whitespace_) for token in doc]
    marks = quotation_marks(words, spaced)
    starts: dict[int, bool] = {}
    _mark_quotations(words, marks, starts)
    _mark_abbreviations(words, starts)
    breaks = paragraph_breaks(words)
    _mark_datelines(words, breaks, starts)
    _mark_lines(words, breaks, starts)
    for index, start in sorted(starts.items()):
        if index:
            doc[index].is_sent_start = start
    return doc


def quotation_marks(words: list[str], spaced: list[bool]) -> dict[int, str]:
    """Token offset → "open" or "close" of the quotation marks among `words`.

    `spaced[i]` says that white space follows word i. A straight mark opens when space stands before it and none behind,
    else it closes; a single mark counts only in pairs, since most are apostrophes.

    >>> quotation_marks(['the', '"', 'Jungle', '"'], [True, False, False, False])
    {1: 'open', 3: 'close'}
    >>> quotation_marks(['the', 'ministers', "'", 'plan'], [True, False, True, True])
    {}
    """
    marks: dict[int, str] = {}
    single: int | None = None
    for index, word in enumerate(words):
        if word not in _STRAIGHT and word not in _OPENING and word not in _CLOSING:
            if single is not None and "\n" in word:
                single = None
            continue
        before = index == 0 or spaced[index - 1] or words[index - 1].isspace() or words[index - 1] in "([—–"
        opens = word in _OPENING or word == "``" or (word in _STRAIGHT and before and not spaced[index])
        if word not in "'‘’":
            marks[index] = "open" if opens else "close"
        elif opens and word != "’":
            single = index
        elif single is not None and index - single > 1:
            marks[single], marks[index] = "open", "close"
            single = None
    return dict(sorted(marks.items()))


def _mark_quotations(words: list[str], marks: dict[int, str], starts: dict[int, bool]) -> None:
    last = len(words) - 1
    for index, kind in marks.items():
        before = words[index - 1] if index else "\n"
        if kind == "open":
            if index < last:
                starts[index + 1] = False
            if before in _ENDS or (marks.get(index - 1) == "close" and index > 1 and words[index - 2] in _ENDS):
                starts[index] = True
            elif "\n" not in before:
                starts[index] = False
            continue
        starts[index] = False
        if index == last or index + 1 in marks or "\n" in words[index + 1]:
            continue
        after = words[index + 1]
        if before not in _ENDS or after[:1].islower() or not after[:1].isalnum():
            starts[index + 1] = False
        elif before in {".", "..."}:
            starts[index + 1] = True


def _mark_abbreviations(words: list[str], starts: dict[int, bool]) -> None:
    abbreviations, zones = word_set("abbreviations.txt"), word_set("time_zones.txt")
    for index, word in enumerate(words[:-1]):
        if word.lower() in {"a.m.", "p.m."} and words[index + 1][:1].isupper() and words[index + 1] not in zones:
            starts[index + 1] = True
        if word == "X." and index and words[index - 1] == "on":
            starts[index + 1] = True  # the network, no initial
        if word[-1:] == "." and len(word) > 1 and word.lower() in abbreviations:
            starts[index + 1] = False


def _mark_lines(words: list[str], breaks: list[int], starts: dict[int, bool]) -> None:
    begin = 0
    for end in [*breaks, len(words)]:
        if not any(word in _ENDS or word in ":;" for word in words[begin:end]) and end - begin <= 40:
            for index in range(begin + 1, end):
                starts[index] = False
        if end + 1 < len(words):
            starts[end] = False
            starts[end + 1] = True
        begin = end + 1


def _mark_datelines(words: list[str], breaks: list[int], starts: dict[int, bool]) -> None:
    """End a sentence behind "GENOA, Italy (AFP) —" at the start of a paragraph: the town does nothing in the text."""
    for begin in [0, *(index + 1 for index in breaks)]:
        line = words[begin : begin + _DATELINE]
        dash = next((k for k, word in enumerate(line) if word in _DASHES), None)
        if not dash or dash + 1 >= len(line) or len(line[0]) < 3 or not line[0].isupper() or not line[0].isalpha():
            continue
        if all(w[:1].isupper() or w in ",()./'’" or w.isdigit() for w in line[:dash]):
            first = begin + dash + 1
            full = next((k for k in range(first, len(words)) if words[k] in _ENDS), len(words) - 1)
            starts.update({k: False for k in range(begin + 1, min(first + _NOT_YET, full + 1)) if k != first})
            starts[first] = True


def paragraph_breaks(words: list[str]) -> list[int]:
    """Return the offsets of the white-space tokens that end a paragraph.

    A single newline does, unless the text is wrapped at a fixed width: then most of its lines end in the middle of a
    sentence and only blank lines count.
    """
    newlines = [index for index, word in enumerate(words) if "\n" in word]
    single = 0
    inside = 0
    lengths = []
    begin = 0
    for index in newlines:
        if words[index].count("\n") == 1:
            single += 1
            before = words[index - 1] if index else "."
            inside += before[-1:].isalnum() or before in {",", ";"}
            lengths.append(sum(len(word) + 1 for word in words[begin:index]))
        begin = index + 1
    lengths.sort()
    low, high = _WRAPPED
    wrapped = single >= 3 and inside * 2 > single and lengths[single // 2] >= low and lengths[-1] <= high
    return [index for index in newlines if not wrapped or words[index].count("\n") > 1]
