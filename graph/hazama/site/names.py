"""What rows and concepts are called on a page."""

from hazama.knowledge.labels import Label, directory
from hazama.model.records import Law, Provision
from hazama.site.ground import Ground, Key
from hazama.site.values import NOTHING, Lang, Text

_LONG = 14
"""Signs beyond which a provision calls its law by the short name."""


class Names:
    """Names in the language of a page; Japanese where there is no English."""

    def __init__(self, ground: Ground, lang: Lang) -> None:
        self.directory = directory(ground.whole)
        self.lang: Lang = lang
        self._said: dict[Key, Text] = {}

    def of(self, key: Key) -> Text:
        """The name of a row or concept by table (or list) and id; the id itself where nothing is known."""
        if key not in self._said:
            label, row = self.directory.label(*key), self.directory.entries.get(key)
            self._said[key] = self._provision(row, label) if isinstance(row, Provision) else self.text(label)
        return self._said[key]

    def full(self, key: Key) -> Text:
        """The name for a heading: the full one of a law."""
        return self.text(self.directory.label(*key))

    def other(self, key: Key) -> Text:
        """The Japanese name under an English heading; empty on a Japanese page."""
        label = self.directory.label(*key)
        return Text(label.ja) if self.lang == "en" and label.en else NOTHING

    def text(self, label: Label) -> Text:
        """A label of the floors below as a text that knows its language."""
        return self.chosen(label.ja, label.en)

    def chosen(self, ja: str, en: str) -> Text:
        """English on an English page where there is some, else Japanese."""
        return Text(en, "en") if self.lang == "en" and en else Text(ja)

    def _provision(self, row: Provision, label: Label) -> Text:
        """社会福祉法第106条の4第2項第1号; the law by its short name where its own is long."""
        law = self.directory.entries.get(("laws", row.law))
        if isinstance(law, Law) and law.short and len(law.name) > _LONG:
            return self.chosen(label.ja.replace(law.name, law.short, 1), label.en if law.name_en else "")
        return self.chosen(label.ja, label.en if isinstance(law, Law) and law.name_en else "")
