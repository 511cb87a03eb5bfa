"""One reading of the tables, and what answers about it share."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from hazama.coverage import records, words
from hazama.coverage.changes import changed
from hazama.coverage.household import Answer as Met
from hazama.coverage.household import persona
from hazama.coverage.households import household
from hazama.coverage.listing import slices
from hazama.coverage.space import Reach, Reading, TownSpace, space
from hazama.coverage.whatif import what_if
from hazama.exchange import exported
from hazama.exchange.rdf import graphs
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.answers import Answer, ask
from hazama.knowledge.labels import Directory, directory
from hazama.knowledge.questions import Question, question
from hazama.knowledge.terms import address
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.site.desk import Desk
from hazama.site.ground import ground
from hazama.site.lacks import Lacks, lacks
from hazama.site.twins import Stated
from hazama.site.values import LANGUAGES, Lang
from hazama.site.words import Words


class MissingError(UsageError):
    """What was asked for by name is not here."""


class Edition:
    """One reading of the tables, and what answers about it share."""

    def __init__(self, whole: Municipality, scope: Scope, own: Path) -> None:
        self.ground = ground(whole, scope, own)
        self.town = self.ground.town
        self.desks: Mapping[Lang, Desk] = {lang: self._desk(lang) for lang in LANGUAGES}

    def _desk(self, lang: Lang) -> Desk:
        desk = Desk(self.ground, lang)
        desk.words = Words(lang, "serve")
        return desk

    @cached_property
    def names(self) -> Directory:
        """What everything that counts is called."""
        return directory(self.town)

    @cached_property
    def addresses(self) -> Addresses:
        """The terms of everything that counts."""
        return Addresses(self.town)

    @cached_property
    def lacks(self) -> Lacks:
        """What the town lacks, for the page 概要."""
        return lacks(self.ground)

    @cached_property
    def stated(self) -> Stated:
        """What is stated of each row and concept."""
        return Stated(self.ground.whole)

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The addresses of the named graphs: one a layer, and hazama's own lists."""
        return tuple(address(name) for name in graphs(self.town))

    @cached_property
    def document(self) -> bytes:
        """The whole graph by default and every layer as a named graph, as N-Quads."""
        return exported(self.town, ".nt") + exported(self.town, ".nq")

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The page of each row that counts, by its term."""
        known, term = self.ground.pages, self.addresses.row
        return {
            term(table, row): known.get((table, getattr(row, "id", "")), "")
            for table, rows in self.town.tables()
            for row in rows
        }

    def question(self, id: str) -> Question:
        """The named question, one of the town's own among them."""
        try:
            return question(id, self.ground.own)
        except UsageError as error:
            raise MissingError(error.sentence("ja"), error.sentence("en")) from error

    def answer(self, asked: Question, values: Mapping[str, str]) -> Answer:
        """The answer to a named question over the rows that it needs."""
        base = self.ground
        scope = asked.scoped(base.scope)
        return ask(self.town if scope == base.scope else view(base.whole, scope), asked, values)

    def space(self, reading: Reading = "certain", reach: Reach = "open", needs: tuple[str, ...] = ()) -> TownSpace:
        """The space of people and support; *needs* by any name they have."""
        return space(self.town, reading, reach, self.names.ids("needs", needs))

    def heading(self, dimension: str, lang: Lang) -> str:
        """What a dimension of people is called."""
        return self.names.label("space", dimension).label(lang)

    def met(self, document: Any) -> tuple[words.Speech, Met]:
        """What the town is to the household of a document, and the words to say it with."""
        town = self.space()
        return words.Speech(town, self.names), persona(town, household(document, self.names))

    def case(self, document: Any, lang: Lang) -> dict[str, Any]:
        """The same as the command ``case`` says it."""
        return records.case_document(*self.met(document), lang)

    def whatif(self, document: Any, lang: Lang, reach: Reach = "open") -> dict[str, Any]:
        """What the changes of a document close and open, as the command ``whatif`` says it."""
        town, after = changed(document, self.space("certain", reach))
        found = what_if(town.space, after.space, tuple(slices(town)))
        return records.whatif_document(words.speech(town), found, lang)
