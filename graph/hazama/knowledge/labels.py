"""What people call the rows and concepts of a town, and finding them by it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from hazama.model.concepts import Concept, Dimension
from hazama.model.errors import UsageError
from hazama.model.names import normalised, suggestions
from hazama.model.records import Body, Challenge, Program, Provision, Row, Status
from hazama.model.town import Municipality, rows_by_id
from hazama.resources import phrase, words

Key: TypeAlias = tuple[str, str]
"""Table or concept list, and id."""


_CITATION = re.compile(r"(.*?)第?((?:\d+)条(?:の\d+)*)(?:第?(\d+)項)?(?:第?(\d+号(?:の\d+)*))?([ぁ-ん]?)")
"""Law, article, paragraph, item, sub-item, all in normalised spelling; only the article must be there."""


class Label(NamedTuple):
    """A text in both languages."""

    ja: str
    en: str

    def label(self, lang: str) -> str:
        """The text in ``ja`` or ``en``; Japanese where there is no English."""
        return self.en if lang == "en" and self.en else self.ja


class Entity(NamedTuple):
    """Something of the town that a text names."""

    key: Key
    label: Label


def filled(template: Label, values: Mapping[str, object]) -> Label:
    """A text with its places filled, those by a label in each language."""
    ja = {place: one.ja if isinstance(one, Label) else one for place, one in values.items()}
    en = {place: one.label("en") if isinstance(one, Label) else one for place, one in values.items()}
    return Label(template.ja.format_map(ja), template.label("en").format_map(en))


def told(area: str, id: str, /, **values: object) -> Label:
    """One text of ``ontology/words/<area>.csv`` with its places filled."""
    return filled(Label(**words(area)[id]), values)


def place(row: Row) -> Label:
    """Where a row stands, as a spreadsheet counts: ``programs.csv 7行目``, ``national/programs.csv 3行目``."""
    where = f"{row.layer}/{row.origin.file} {row.origin.sheet}".strip(" /")
    return Label(f"{where} {row.origin.row}行目", f"{where} row {row.origin.row}")


@dataclass(frozen=True, slots=True)
class Directory:
    """Every row and concept of a town by table (or concept list) and id."""

    town: Municipality
    entries: Mapping[Key, Row | Concept | Dimension]

    def label(self, kind: str, id: str) -> Label:
        """What an entry is called, one beyond the view with its reason; its id where the town does not hold it."""
        key = (kind, id)
        if key in self.town.beyond and key not in self.entries:
            return _beyond(self.called(self.town.beyond[key], id), self.town.beyond[key])
        return self.called(self.entries.get(key), id)

    def called(self, entry: Row | Concept | Dimension | None, id: str) -> Label:
        """What an entry is called; *id* where there is none."""
        if isinstance(entry, (Concept, Dimension)):
            return Label(entry.ja, entry.en)
        if isinstance(entry, Provision):
            return self._citation(entry, self.label("laws", entry.law))
        if isinstance(entry, Challenge):
            return Label(entry.statement, entry.statement_en)
        name = getattr(entry, "name", "") or getattr(entry, "title", "") or id
        return Label(name, getattr(entry, "name_en", ""))

    def names(self, key: Key) -> tuple[str, ...]:
        """Everything an entry is called, the preferred name first."""
        entry = self.entries[key]
        more = (str(getattr(entry, name, None) or "") for name in ("reading", "short", "no"))
        said = (*self.label(*key), *getattr(entry, "alt", ()), *more)
        return tuple(dict.fromkeys(name for name in said if name))

    def resolve(self, text: str, kinds: Sequence[str]) -> Key:
        """The entry of these tables or lists that *text* names by id, ``kind/id``, name or other name.

        An unknown or ambiguous name raises UsageError with the nearest names.
        """
        found = self.matches(text, kinds)
        if len(found) == 1:
            return found[0]
        near = [f"{self.label(*key).ja}（{'/'.join(key)}）" for key in found]
        near = near or suggestions(text, (name for key in self.entries if key[0] in kinds for name in self.names(key)))
        code = "ambiguous_name" if found else "unknown_name_near" if near else "unknown_name"
        raise UsageError(*phrase("knowledge", code, name=text, near=" / ".join(near)))

    def ids(self, kind: str, texts: Iterable[object]) -> tuple[str, ...]:
        """The ids of several entries of one table or list, by any name they have."""
        return tuple(self.resolve(str(text), (kind,))[1] for text in texts)

    def matches(self, text: str, kinds: Sequence[str]) -> list[Key]:
        """What *text* can mean among these tables or lists: by id, else by preferred name, else by any name."""
        among = [key for key in self.entries if key[0] in kinds]
        wanted = _folded(text)
        return (
            [key for key in among if text in (key[1], "/".join(key))]
            or [key for key in among if _folded(self.label(*key).ja) == wanted]
            or [key for key in among if wanted in map(_folded, self.names(key))]
        )

    def meant(self, kinds: Sequence[str], text: str) -> tuple[str, frozenset[str]]:
        """The table or list of what *text* names, and every id that it stands for.

        An agency stands for its sections too, a provision for its parts, a concept for those above and below it.
        """
        if "provisions" in kinds:
            return "provisions", self.provisions(text)
        kind, id = self.resolve(text, kinds)
        if kind == "agencies":
            return kind, self.beneath(kind, id)
        return kind, self.family(kind, id) if kind in self.town.schemes else frozenset({id})

    def family(self, scheme: str, id: str) -> frozenset[str]:
        """A concept with those above and below it: what is recorded for one speaks of the others."""
        parents = {one.id: one.broader for one in self.town.schemes.get(scheme, {}).values()}
        above = [id]
        while (broader := parents.get(above[-1], "")) and broader not in above:
            above.append(broader)
        return frozenset(above) | _beneath(id, parents)

    def beneath(self, table: str, id: str) -> frozenset[str]:
        """A row and those whose ``parent`` leads to it: the sections of a department, the items of an article."""
        parents = {one: str(getattr(row, "parent", "")) for (kind, one), row in self.entries.items() if kind == table}
        return _beneath(id, parents)

    def provisions(self, text: str) -> frozenset[str]:
        """The provisions that *text* names, with all their parts: an id, a law, or 社会福祉法106条の4第2項."""
        cited = self._cited(text)
        if cited:
            return cited
        kind, id = self.resolve(text, ("provisions", "laws"))
        if kind == "provisions":
            return self.beneath(kind, id)
        return frozenset(row.id for row in self.town.provisions if row.law == id)

    def _cited(self, text: str) -> frozenset[str]:
        match = _CITATION.fullmatch(normalised(text))
        if not match:
            return frozenset()
        law, *place = (re.sub("[条号]", "", part) if at else part for at, part in enumerate(match.groups("")))
        among = [key for key in self.entries if key[0] == "laws"]
        laws = {key[1] for key in among if law in map(normalised, ("", key[1], *self.names(key)))}
        return frozenset(
            row.id
            for row in self.town.provisions
            if row.law in laws and all(want in ("", have) for want, have in zip(place, _parts(row), strict=True))
        )

    def _citation(self, provision: Provision, law: Label) -> Label:
        ja, en = _place_in_law(provision)
        if not ja:
            return Label(f"{law.ja} {provision.heading}".strip(), f"{law.en} {provision.heading}".strip())
        return Label(law.ja + ja, f"{law.label('en')} {en}")


def _beyond(name: Label, row: Row) -> Label:
    """The name of a row that does not count, with why: another time, or evidence that was not asked for."""
    ja, en = phrase("knowledge", "beyond_time" if row.status is Status.STATED else f"beyond_{row.status.value}")
    return Label(f"{name.ja}（{ja}）", f"{name.label('en')} ({en})")


def directory(town: Municipality) -> Directory:
    """The directory of *town*."""
    concepts = {(scheme, one.id): one for scheme, concepts in town.schemes.items() for one in concepts.values()}
    dimensions = {("space", one.id): one for one in town.space}
    return Directory(town, {**rows_by_id(town), **concepts, **dimensions})


def basis_words(known: Directory, row: Program | Body) -> tuple[Label, ...]:
    """What a programme or body rests on: its provisions, else the source's words, else the kind of basis."""
    if row.basis:
        return tuple(known.label("provisions", id) for id in row.basis)
    if row.basis_text:
        named = known.matches(row.basis_text, ("laws", "provisions"))
        en = known.label(*named[0]).label("en") if len(named) == 1 else row.basis_text
        return (Label(row.basis_text, en),)
    return (known.label("basis_kinds", row.basis_kind),) if row.basis_kind else ()


def evidence_words(known: Directory, row: Row) -> Label:
    """How a row is known and where its source says so: 記載（表①左-2）."""
    status = known.label("statuses", row.status.value)
    detail = row.locator if row.status is Status.STATED else row.reason
    return Label(f"{status.ja}（{detail}）", f"{status.en} ({detail})") if detail else status


def _place_in_law(provision: Provision) -> tuple[str, str]:
    """第106条の4第2項第1号イ and art. 106-4 (2) (i) イ; both blank for a rule without an article."""
    if not provision.article:
        return "", ""
    ja, en = "第" + _numbered(provision.article, "条"), f"art. {provision.article.replace('_', '-')}"
    for number, unit in ((provision.paragraph, "項"), (provision.item, "号")):
        ja += f"第{_numbered(number, unit)}" if number else ""
        en += f" ({number.replace('_', '-')})" if number else ""
    return ja + provision.subitem, f"{en} {provision.subitem}".rstrip()


def _numbered(number: str, unit: str) -> str:
    main, *branches = number.replace("-", "_").split("_")
    return main + unit + "".join(f"の{branch}" for branch in branches)


def _folded(name: str) -> str:
    """A name for look-up; 社会福祉法106条の4 and 社会福祉法第106条の4 are one."""
    return normalised(name).replace("第", "")


def _parts(provision: Provision) -> tuple[str, ...]:
    """Article, paragraph, item and sub-item in the form in which a citation names them: 106の4, 2, 1, い."""
    numbers = (provision.article, provision.paragraph, provision.item)
    return *(number.replace("-", "_").replace("_", "の") for number in numbers), normalised(provision.subitem)


def _beneath(top: str, parents: Mapping[str, str]) -> frozenset[str]:
    children: dict[str, list[str]] = {}
    for one, parent in parents.items():
        children.setdefault(parent, []).append(one)
    found, waiting = {top}, [top]
    while waiting:
        new = [one for one in children.get(waiting.pop(), []) if one not in found]
        found.update(new)
        waiting += new
    return frozenset(found)
