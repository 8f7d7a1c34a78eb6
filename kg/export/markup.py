"""Text as XML 1.0 can hold it."""

import re
from xml.sax.saxutils import escape

# What XML can't write, not even as a reference: most control characters, halves of characters, U+FFFE, U+FFFF.
_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = {"\r": "&#13;"}
_QUOTED = {**_KEPT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def content(text: str) -> str:
    r"""Return text as the content of an element, with U+FFFD for what XML refuses.

    >>> content("a <b> & \x00 ]]>")
    'a &lt;b&gt; &amp; \ufffd ]]&gt;'
    """
    return escape(_REFUSED.sub("\ufffd", text), _KEPT)


def attributes(**values: str | None) -> str:
    r"""Return attributes with a space before each; those without a value are left out.

    >>> attributes(id="n1", label='say "no"\n', kind=None)
    ' id="n1" label="say &quot;no&quot;&#10;"'
    """
    written = {name: escape(_REFUSED.sub("\ufffd", v), _QUOTED) for name, v in values.items() if v is not None}
    return "".join(f' {name}="{value}"' for name, value in written.items())


def value(item: str | float | bool) -> str:
    """Return a value as XML Schema has it.

    >>> value(True), value(0.5), value("x")
    ('true', '0.5', 'x')
    """
    return str(item).lower() if isinstance(item, bool) else str(item)
