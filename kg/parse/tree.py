"""A parsed document as plain lists, so that rules over it cost little.

A rule that walks `Token` objects pays for each attribute it reads; here every attribute of a document is read once.
"""

from spacy.tokens import Doc

NOMINAL_POS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Tree:
    """The tokens of a Doc: parallel lists, indexed by token offset.

    words, lower, lemma, pos, tag, dep: strings; head: token offset of the syntactic head (its own for a root); kids:
    the dependents in order of the text; first, last: the leftmost and rightmost token of the subtree (inclusive);
    sent: the number of the sentence; start, end: character offsets.
    """

    __slots__ = (
        "dep",
        "doc",
        "end",
        "first",
        "head",
        "kids",
        "last",
        "lemma",
        "lower",
        "n",
        "pos",
        "sent",
        "source",
        "start",
        "starts",
        "tag",
        "words",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        """Read the parse of `doc`."""
        self.doc = doc
        self.n = len(doc)
        self.source = doc.text
        tokens = list(doc)
        self.words = [t.text for t in tokens]
        self.lower = [w.lower() for w in self.words]
        self.lemma = [t.lemma_.lower() for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.tag = [t.tag_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        steps: list[int] = doc.to_array(["HEAD"]).astype("int64").ravel().tolist()
        self.head = [i + step for i, step in enumerate(steps)]
        self.start = [t.idx for t in tokens]
        self.end = [s + len(w) for s, w in zip(self.start, self.words, strict=True)]
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.kids[h].append(i)
        self.first: list[int] = []
        self.last: list[int] = []
        self.measure()
        self.sent = [0] * self.n
        self.starts: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self.starts.append(sentence.start)
            for i in range(sentence.start, sentence.end):
                self.sent[i] = number

    def attach(self, i: int, head: int) -> None:
        """Hang token `i` on another head, itself for a root; `measure` has to follow."""
        if self.head[i] != i:
            self.kids[self.head[i]].remove(i)
        self.head[i] = head
        if head != i:
            self.kids[head] = sorted([*self.kids[head], i])

    def measure(self) -> None:
        """Give every token the edges of its subtree: children hand theirs up, the deepest first."""
        self.first, self.last = list(range(self.n)), list(range(self.n))
        depth = [0] * self.n
        for i in range(self.n):
            path, j = [], i
            while depth[j] == 0 and self.head[j] != j:
                path.append(j)
                j = self.head[j]
            base = depth[j]
            for step, k in enumerate(reversed(path), 1):
                depth[k] = base + step
        for i in sorted(range(self.n), key=depth.__getitem__, reverse=True):
            h = self.head[i]
            if h != i:
                self.first[h] = min(self.first[h], self.first[i])
                self.last[h] = max(self.last[h], self.last[i])

    def text(self, start: int, end: int) -> str:
        """Return the words of tokens start..end (exclusive) as the text has them."""
        return self.source[self.start[start] : self.end[end - 1]] if end > start else ""

    def child(self, i: int, *deps: str) -> int | None:
        """Return the first dependent of `i` with one of these labels."""
        for k in self.kids[i]:
            if self.dep[k] in deps:
                return k
        return None

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the token span of the sentence that token `i` stands in."""
        number = self.sent[i]
        following = self.starts[number + 1] if number + 1 < len(self.starts) else self.n
        return self.starts[number], following

    def conjuncts(self, i: int) -> list[int]:
        """Return `i` and what is coordinated with it, in order: "police | and | soldiers"."""
        found = [i]
        for k in self.kids[i]:
            if self.dep[k] == "conj":
                found += self.conjuncts(k)
        return found

    def ancestors(self, i: int) -> list[int]:
        """Return the chain of heads above `i`, the nearest first."""
        found = []
        while self.head[i] != i:
            i = self.head[i]
            found.append(i)
        return found
