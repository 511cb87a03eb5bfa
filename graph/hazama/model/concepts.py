"""Concept lists (SKOS): needs, functions, fields, conditions, kinds; and the dimensions of the space."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Concept:
    """One skos:Concept of a scheme."""

    id: str
    scheme: str
    ja: str
    en: str
    reading: str = ""
    alt: tuple[str, ...] = ()
    broader: str = ""
    definition_ja: str = ""
    definition_en: str = ""
    exact_match: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()
    layer: str | None = None
    """Key of the layer that adds the concept; None for the lists that travel with hazama."""

    def label(self, lang: str) -> str:
        """The preferred label in ``ja`` or ``en``; Japanese where there is no English."""
        return self.en if lang == "en" and self.en else self.ja


Scheme: TypeAlias = Mapping[str, Concept]
"""The concepts of one list by id, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis along which programmes limit whom they reach (``ontology/concepts/space.csv``)."""

    id: str
    ja: str
    en: str
    kind: Literal["list", "interval", "districts"]
    """``list``: concepts of the scheme of the same id; ``interval``: ages; ``districts``: the town's own."""
    role: Literal["classification", "limit"]
    """A blank classification covers nothing in any reading; a blank limit is not recorded."""

    def label(self, lang: str) -> str:
        """The name of the axis in ``ja`` or ``en``."""
        return self.en if lang == "en" else self.ja
