"""How like two texts are: which earlier ask is the same question, and what is new in an answer to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_TOKEN = re.compile(r"\S+")
_SAID_OFTEN = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "given",
        "in",
        "is",
        "it",
        "its",
        "of",
    }
    | {"on", "or", "that", "the", "their", "they", "this", "to", "was", "were", "which", "with"}
    | {
        "board",
        "committee",
        "data",
        "information",
        "member",
        "members",
        "panel",
        "report",
        "update",
    }
    | {"regarding", "relating"}
)
LIKE = 0.45
"""Share of their words two questions have in common from which one is proposed as the other."""
NEARLY = 0.9
"""Share of words from which two answers are nearly the same."""
_MOST_WORDS = 4000
"""Words of each answer that are compared; what is beyond is said to be left out."""


def words_of_question(text: str) -> frozenset[str]:
    """Give the words that make a question: in small letters, without those every question has."""
    return frozenset(
        word.lower().removesuffix("s")
        for word in _WORD.findall(text)
        if word.lower() not in _SAID_OFTEN
    )


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Give the share of the words of two questions that both have, 0 to 1."""
    return len(a & b) / len(a | b) if a and b else 0.0


@dataclass(frozen=True)
class Passage:
    """A run of words: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """A new answer against the last one: the passages in order, and how much is the same, 0 to 1."""

    passages: tuple[Passage, ...]
    share: float
    same: bool

    @property
    def nearly(self) -> bool:
        """Whether hardly anything is new."""
        return self.same or self.share >= NEARLY


def compare(before: str, now: str) -> Comparison:
    """Compare two answers word by word. Capitals, spaces and punctuation make no answer a new one."""
    old, new = _TOKEN.findall(before)[:_MOST_WORDS], _TOKEN.findall(now)[:_MOST_WORDS]
    plain_old, plain_new = _plain(old), _plain(new)
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    passages = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            passages.append(Passage("same", " ".join(new[c:d])))
            continue
        if b > a:
            passages.append(Passage("removed", " ".join(old[a:b])))
        if d > c:
            passages.append(Passage("added", " ".join(new[c:d])))
    same = [word for word in plain_old if word] == [word for word in plain_new if word]
    same = same and len(_TOKEN.findall(before)) <= _MOST_WORDS >= len(_TOKEN.findall(now))
    return Comparison(tuple(passages), matcher.ratio(), same)


def _plain(tokens: Iterable[str]) -> list[str]:
    return ["".join(_WORD.findall(token)).lower() for token in tokens]
