"""Templates of what holds no script: everything in them is escaped, and what no page may hold is replaced."""

import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from kg.view.content import safe_url

FOLDER = Path(__file__).parent / "templates"

# HTML has no place for control characters, UTF-8 none for lone surrogates.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@cache
def environment(folder: str) -> jinja2.Environment:
    """Return the environment of the templates in a folder below `templates`."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / folder),
        autoescape=True,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters.update(address=address, count=count, cut=cut)
    return made


def clean(value: object) -> object:
    r"""Return a value without what no page may hold.

    >>> clean("a\0b")
    'a�b'
    """
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)


def cut(text: str, most: int = 200) -> str:
    """Return a text on one line, cut where it is longer than `most` characters.

    >>> cut("one two", 6)
    'one t…'
    """
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1].rstrip() + "…"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "entity", "entities"), count(1234, "entity", "entities")
    ('1 entity', '1,234 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def address(url: str | None) -> str | None:
    """Return an address that may be a link, else None: of the web only, not long, with nothing in it that no IRI has.

    >>> address("https://example.org/a"), address("javascript:alert(1)"), address("https://example.org/ a")
    ('https://example.org/a', None, None)
    """
    url = safe_url(url)
    return None if url is None or len(url) > 2000 or re.search(r"[\s\"<>\\^`{|}\x00-\x20\x7f-\x9f]", url) else url
