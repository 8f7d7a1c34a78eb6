"""Documents in which everything that a document brings is made to break a page.

`corpus()` gives annotations that pass the contract and can be built; `beyond()` one that no JSON line can hold. Where
any of it runs, `window.hacked` is set.
"""

from kg.model import Annotation, Argument, Entity, Mention, Predicate, Quote, Triple

NASTY = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "</style></title></textarea><script>window.hacked=1</script>",
    "\"><img src=x onerror=\"window.hacked=1\"><svg/onload='window.hacked=1'>",
    "' onmouseover='window.hacked=1' autofocus onfocus='window.hacked=1' x='",
    "javascript:window.hacked=1",
    "{{ 7*7 }} {% raw %} ${window.hacked=1} #{7*7} <%= 7*7 %> `${window.hacked=1}`",
    "\"'`«»“”‘’„‚‹›\\\" &quot;&#39;&lt;&amp;",
    "\u202eevil\u202c \u2066isolated \u202bright \u200f\u200e",
    "x" * 10_000,
    "line\u2028paragraph\u2029next\u0085end",
    "null\x00bell\x07escape\x1b[31m",
    "<!-- --!> ]]> <![CDATA[ <!--<script>",
    "https://example.org/\"onclick=window.hacked=1//",
    "__proto__",
    "constructor",
    "\U0001f600\u0301\u0301 e\u0301 \ufeff",
    "",
)  # fmt: skip
_PERSON = ("Person", "Actor", "Entity")
_CITY = ("City", "Place", "Entity")


def corpus() -> tuple[Annotation, ...]:
    """Return one document for each piece of text, which is its id, title, address, day, names, words and quotation."""
    return tuple(_document(number, text) for number, text in enumerate(NASTY))


def beyond() -> Annotation:
    """Return a document of lone surrogates, which is no JSON line and in no folder."""
    return _document(len(NASTY), "lone \ud800 and \udfff <script>window.hacked=1</script>")


def _document(number: int, bad: str) -> Annotation:
    # An id may not be empty, nor may two documents have the same.
    name = f"{bad or 'empty'} {number}"
    text = f"{bad or '-'} met {bad or '-'} in {bad or '-'}. “{bad}” said {bad or '-'}."
    words = bad or "-"
    first, second = 0, len(words) + len(" met ")
    third = second + len(words) + len(" in ")
    end = third + len(words) + 1
    quote = end + 1
    person = Entity(
        "a", f"https://example.org/id/a{number}", "Person", _PERSON, bad, same_as=("javascript:window.hacked=1",)
    )
    other = Entity("b", f"https://example.org/id/b{number}", "Person", _PERSON, f"other {bad}")
    city = Entity("c", f"https://example.org/id/c{number}", "City", _CITY, bad, latitude=50.0 + number, longitude=2.0)
    places = ((first, "a"), (second, "b"), (third, "c"))
    mentions = tuple(Mention(f"m{n}", at, at + len(words), words, "name", key) for n, (at, key) in enumerate(places))
    sides = [Argument(words, at, at + len(words), key) for at, key in places]
    place = Argument(words, third, third + len(words), "c", "place")
    time = Argument(words, None, None, None, "time", bad)
    verb = Predicate(bad or "met", bad or None, None, False)
    met = Predicate("met", "meet", "metWith", False, len(words) + 1, len(words) + 4)
    triples = (
        Triple("t1", sides[0], met, sides[1], (place, time), False, "asserted", None, 0.9, 0, end),
        Triple("t2", sides[0], verb, sides[2], (), True, "possible", "b", 0.5, 0, end, rule=bad or None),
    )
    quotes = (Quote(quote, quote + len(bad) + 2, f"“{bad}”", "a", direct=True, cue=bad or None),)
    return Annotation(
        id=name,
        text=text,
        mentions=mentions,
        entities=(person, other, city),
        triples=triples,
        quotes=quotes,
        title=bad,
        url=bad,
        date=bad,
        sentences=((0, end), (quote, len(text))),
    )
