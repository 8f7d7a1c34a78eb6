"""Words that the tokenizer must not take apart."""

from spacy.language import Language
from spacy.util import compile_infix_regex

from kg.parse.lexicons import word_set

_PREFIXES = ("co", "ex", "vice", "pro", "anti", "non", "pre", "post", "self", "re")
_UNSURE = frozenset({"no.", "vs."})  # "No." may be a sentence
_HYPHENS = "(?:-|–|—|--|---|——|~)"  # as spaCy writes them in its infix between two letters


def keep_prefixed_words(nlp: Language) -> Language:
    """Keep "co-founder", "ex-husband", "anti-Brexit" one word, as the treebanks have them; the pipeline is returned.

    Taken apart at the start of a sentence, "Co-founder of Google" is parsed as three words without a noun.
    """
    infixes = [infix for infix in nlp.Defaults.infixes or () if isinstance(infix, str)]
    behind = "".join(rf"(?<!\b[{p[0].upper()}{p[0]}]{p[1:]})" for p in _PREFIXES)
    kept = [behind + infix if _HYPHENS in infix else infix for infix in infixes]
    nlp.tokenizer.infix_finditer = compile_infix_regex(kept).finditer  # type: ignore[union-attr]
    return nlp


def keep_abbreviations(nlp: Language) -> Language:
    """Keep "Lt.", "Capt.", "brother-in-law" one word each; the pipeline is returned.

    Taken apart, the full stop ends the sentence before the name: "Coast Guard Lt | . | Steve Hardy";
    a sister-in-law is no sister.
    """
    whole = [word.capitalize() for word in word_set("abbreviations.txt") - _UNSURE]
    whole += [form for word in word_set("hyphenated.txt") for form in (word, word.capitalize())]
    for word in sorted(whole):
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])  # type: ignore[union-attr]
    return nlp
