"""What everything in a town is called: the term of every row, concept and reference.

``<base><table>/<id>``, where the base is the layer's own; a row that nothing can refer to has its
row number for an id. A reference is looked up in the row's own layer first, then in the others, the
town before what it stands on.
"""

from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from hazama.knowledge.terms import iri
from hazama.knowledge.vocabulary import CONCEPTS
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.tables.columns import ANY


def row_id(row: Row) -> str:
    """The id of a row within its table."""
    return str(getattr(row, "id", row.origin.row))


class Addresses:
    """The terms of one town's rows and concepts; references resolved across its layers, each once."""

    def __init__(self, town: Municipality) -> None:
        self._town = town
        self._bases = {layer.key: layer.base for layer in town.layers}
        beyond = {(table, row.layer, id): row for (table, id), row in town.beyond.items()}
        self._rows = beyond | {(table, row.layer, row_id(row)): row for table, rows in town.tables() for row in rows}
        self._tables = [table for table, _ in town.tables()]
        self.resolved = cache(self._resolved)
        self.reference = cache(self._reference)
        self.concept = cache(self._concept)

    def within(self, layer: str, name: str) -> str:
        """The term of something that a layer has one of: its dataset, place or publisher."""
        return iri(self._bases[layer] + name)

    def row(self, table: str, row: Row) -> str:
        """The term of a row."""
        return iri(f"{self._bases[row.layer]}{table}/{row_id(row)}")

    def origin(self, row: Row) -> str:
        """The term of the row in its file (RFC 7111), a sheet named where there is one."""
        sheet = f"sheet={quote(row.origin.sheet)}&" if row.origin.sheet else ""
        return f"<{self._bases[row.layer]}{quote(row.origin.file)}#{sheet}row={row.origin.row}>"

    def extra_column(self, name: str, layer: str) -> str:
        """The term of a column that only this layer has: its heading in UTF-8 as hexadecimal digits.

        Percent signs would leave RDF/XML without a name for the property; its label says the heading.
        """
        return f"<{self._bases[layer]}columns/c-{name.encode().hex()}>"

    def end(self, reference: str, layer: str) -> str:
        """The term of one end of a link: ``id``, ``table/id`` or ``scheme/id``."""
        scheme, _, id = reference.rpartition("/")
        if scheme in self._town.schemes and (scheme, layer, id) not in self._rows:
            return self.concept(scheme, id)
        return self.reference((ANY,), reference, layer)

    def target(self, tables: tuple[str, ...], id: str, layer: str) -> Row | None:
        """The row that a cell of *layer* refers to."""
        table, home = self.resolved(tables, id, layer)
        return self._rows.get((table, home, id.rpartition("/")[2]))

    def _reference(self, tables: tuple[str, ...], id: str, layer: str) -> str:
        """The term of the row that a cell of *layer* refers to, or of what stands for it."""
        table, home = self.resolved(tables, id, layer)
        return iri(f"{self._bases[home]}{table}/{id.rpartition('/')[2]}")

    def _resolved(self, tables: tuple[str, ...], id: str, layer: str) -> tuple[str, str]:
        """The table and layer in which a reference is found; its own layer when nowhere."""
        return next(self._homes(tables, id, layer), (tables[0], layer))

    def _concept(self, scheme: str, id: str) -> str:
        """The term of a concept: hazama's own, or of the layer that adds it."""
        known = self._town.concept(scheme, id)
        base = f"{self._bases[known.layer]}concepts/" if known and known.layer is not None else CONCEPTS
        return iri(f"{base}{scheme}/{id}")

    def _homes(self, tables: tuple[str, ...], id: str, layer: str) -> Iterator[tuple[str, str]]:
        named, _, bare = id.rpartition("/")
        candidates = [named] if named else self._tables if tables == (ANY,) else tables
        for home in dict.fromkeys((layer, *self._bases)):
            yield from ((table, home) for table in candidates if (table, home, bare) in self._rows)


@cache
def scheme_term(scheme: str) -> str:
    """The term of a concept list, which is also the dimension that its concepts limit."""
    return iri(CONCEPTS + scheme)
