"""A violation as a sentence for the person who keeps the table."""

from hazama.model.errors import Violation
from hazama.resources import words
from hazama.tables.columns import by_heading, table_named

BROKEN_SHAPE = "broken_shape"
"""Code of a violation that carries its own words in both languages: a shape of the graph says them."""


def sentence(violation: Violation, lang: str = "ja") -> str:
    """Where it is, what was found and what to do, in ``ja`` or ``en``."""
    texts = words("tables")
    file = violation.file
    if violation.sheet:
        file = texts["at_sheet"][lang].format(file=file, sheet=violation.sheet)
    place = _place(violation)
    return texts[place][lang].format(
        file=file, row=violation.row, column=heading(violation, lang), text=advice(violation, lang)
    )


def advice(violation: Violation, lang: str = "ja") -> str:
    """What was found and what to do, without the place, in ``ja`` or ``en``."""
    values = dict(violation.values)
    return words("tables")[violation.code][lang].format(**{**values, "sentence": values.get(f"sentence_{lang}", "")})


def _place(violation: Violation) -> str:
    if violation.row:
        return "at_cell" if violation.column else "at_row"
    return "at_column" if violation.column else "at_file"


def heading(violation: Violation, lang: str) -> str:
    """The heading of the column as a person knows it; a column of nobody's declaration as it is."""
    table = table_named(violation.sheet or violation.file.rpartition("/")[2].rpartition(".")[0])
    columns = {column.name: column for column in by_heading(table).values()} if table else {}
    return columns[violation.column].title(lang) if violation.column in columns else violation.column
