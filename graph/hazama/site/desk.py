"""Everything that the page functions share in one language: the ground, the words, the cells."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from hazama.figures import Scene, Wishes, figures
from hazama.figures.drawing import composed
from hazama.figures.templates import Template
from hazama.knowledge.limits import box_words
from hazama.model.records import Program, Row, Status
from hazama.site.cells import Cells
from hazama.site.ground import Ground
from hazama.site.values import LANGUAGES, Lang, Page, Text
from hazama.site.words import Words
from hazama.tables.columns import Column, declaration

P = TypeVar("P", bound=Page)


@cache
def figure_templates(own: Path | None) -> Mapping[str, Template]:
    """The figures that show the whole town and that no other page shows already, the town's own among them.

    A figure about a single row has a place in its title; the matrices have pages of their own.
    """
    found = figures(own / "figures" if own else None)
    return {name: each for name, each in found.items() if "{" not in each.title.ja and each.question != "matrix"}


class Desk(Cells):
    """Where the pages of one language are written: names and cells of rows, and what is said around them."""

    def __init__(self, ground: Ground, lang: Lang) -> None:
        super().__init__(ground, Words(lang))
        self.lang: Lang = lang

    @cached_property
    def scenes(self) -> Mapping[str, Scene]:
        """The figures of the town by name, drawn once for pages and downloads."""
        ground, wishes = self.ground, Wishes(lang=self.lang, scope=self.ground.scope)
        return {name: composed(each, ground.whole, wishes) for name, each in figure_templates(ground.own).items()}

    @property
    def town_name(self) -> Text:
        """What the town is called."""
        layer = self.ground.whole.layer
        return self.names.chosen(layer.name, layer.name_en)

    def said(self, id: str, **values: object) -> Text:
        """One of the site's words as a text of this language."""
        return Text(self.words(id, **values), self.lang)

    def page(self, kind: Callable[..., P], name: str, **content: object) -> P:
        """A page of the top folder; the menu calls it as its heading does."""
        return kind(address=f"{name}.html", title=self.said(f"nav_{name}"), lead=self.words(f"{name}_lead"), **content)

    def column(self, table: str, name: str) -> Column:
        """A column of the declaration; ``KeyError`` for one that is not declared."""
        column = declaration()[table].column(name)
        if column is None:
            raise KeyError((table, name))
        return column

    def table_title(self, table: str) -> str:
        """What a table or one of the paged concept lists is called."""
        if table not in declaration():
            own = f"list_{table}"
            return self.words(own) if own in self.words else self.words("list_own", name=table)
        own = f"table_{table}"
        return self.words(own) if own in self.words else declaration()[table].title(self.lang)

    def counted(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that numbers count."""
        return [row for row in rows if self.ground.counts(row)]

    def scope_sentence(self) -> str:
        """Which rows every number counts, and on which date."""
        scope = self.ground.scope
        date = self.day(scope.as_of) if scope.as_of else ""
        said = self.words("scope_on", date=date) if date else self.words("scope_always")
        kinds = [Status.STATED, *(status for status in Status if status in scope.include)]
        listed = self.words("and").join(self.words(f"status_{status.value}") for status in kinds)
        editors = "" if scope.editors else self.words("scope_no_editors")
        return said + self.words("scope_status", kinds=listed) + editors

    def limits_sentence(self, program: Program) -> Text:
        """The recorded limits of a programme's boxes in one line."""
        labels = [box_words(self.names.directory, box) for box in self.ground.boxes[program.id]]
        ja, en = (" ／ ".join(dict.fromkeys(label.label(lang) for label in labels)) for lang in LANGUAGES)
        return self.names.chosen(ja, en)
