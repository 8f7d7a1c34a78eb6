"""Lines in which capital letters say nothing: headlines in title case or all in capitals."""

from kg.parse.tree import Tree

_SMALL = 4
_SHARE = 0.85


def headline_tokens(tree: Tree) -> list[bool]:
    """For each token: does it stand in a line without final punctuation whose words nearly all begin with a capital?

    "Hackers Attack Church Website" is one; "Texas student inspires movement" is not.
    """
    marks = [False] * tree.n
    begin = 0
    for index in range(tree.n + 1):
        if index < tree.n and "\n" not in tree.words[index]:
            continue
        if is_headline(tree.words[begin:index]):
            marks[begin:index] = [True] * (index - begin)
        begin = index + 1
    return marks


def is_headline(words: list[str]) -> bool:
    """Do nearly all long words of a line without final punctuation begin with a capital?

    >>> is_headline("Hackers Attack Church Website".split()), is_headline("Texas student inspires movement".split())
    (True, False)
    """
    if len(words) < _SMALL or words[-1] in {".", "!", "?", '"', "”"}:
        return False
    long = [word for word in words if len(word) >= _SMALL and word.isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= _SHARE * len(long)
