"""Findings (所見): what a town lacks, as values. A bad cell is a violation, not a finding."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias

from hazama.model.records import Row

Gravity: TypeAlias = Literal["high", "medium", "low"]
"""How much a finding weighs: 重大, 注意, 参考."""

GRAVITIES: tuple[Gravity, ...] = ("high", "medium", "low")

_LONGEST_ID = 100


class Told:
    """Something said in both languages."""

    __slots__ = ()
    sentences: tuple[str, str]

    def sentence(self, lang: str) -> str:
        """What there is to say, in ``ja`` or ``en``."""
        return self.sentences[lang == "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Told):
    """One lack of a town: one sentence, with the law, the rows, the people and the next step.

    Texts are pairs, Japanese and English.
    """

    group: str
    """coverage, law, governance, continuity, challenges or evidence."""
    audit: str
    """Name of the audit within its group: ``duty``, ``no_secretariat``."""
    severity: Gravity
    subjects: tuple[str, ...]
    """What it is about, each as ``table/id``, sorted."""
    sentences: tuple[str, str]
    next_steps: tuple[str, str]
    provisions: tuple[str, ...] = ()
    """Ids of the provisions it rests on."""
    people: float | None = None
    """People affected, where the town has a population table."""
    rows: tuple[Row, ...] = ()
    """The rows behind it."""
    key: str = ""
    """What tells it from other findings of the same audit where the subjects do not."""

    @property
    def id(self) -> str:
        """The same lack has the same id in every run; letters, digits and ``_ . -`` only.

        Made of the audit and what it is about, never of row numbers or other findings. Ids of
        many subjects are shortened by a digest of the whole.
        """
        about = self.key or "--".join(subject.replace("/", ".") for subject in self.subjects)
        text = f"{self.group}.{self.audit}.{about}".rstrip(".")
        if len(text) <= _LONGEST_ID:
            return text
        return f"{text[: _LONGEST_ID - 13]}-{sha256(text.encode()).hexdigest()[:12]}"

    def next_step(self, lang: str) -> str:
        """What to do about it, in ``ja`` or ``en``."""
        return self.next_steps[lang == "en"]
