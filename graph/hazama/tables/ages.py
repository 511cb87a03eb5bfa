"""Ages as an office writes them in one cell: ``65``, ``65歳``, ``概ね65歳``, ``4か月``."""

import re
from unicodedata import normalize

from hazama.model.cells import Age

OLDEST = 130
"""Years; a larger number in an age cell is a slip of the keyboard."""

_AGE = re.compile(
    r"(?P<about>概ね|おおむね|約|about\s*)?\s*満?(?P<number>\d{1,4})\s*"
    r"(?P<unit>歳|才|years?|[かカケヶヵヶ箇ヵ]?月|months?)?",
    re.IGNORECASE,
)


def age(text: str) -> Age | None:
    """The age that *text* states, or None when it states none."""
    match = _AGE.fullmatch(normalize("NFKC", text).strip())
    if not match:
        return None
    unit = match["unit"] or ""
    in_months = unit.endswith("月") or unit.lower().startswith("month")
    found = Age(int(match["number"]), "month" if in_months else "year", bool(match["about"]))
    return found if found.months <= OLDEST * 12 else None


def age_text(value: Age) -> str:
    """The spelling of an age in a table; :func:`age` reads it back."""
    unit = "か月" if value.unit == "month" else ""
    return f"{'概ね' if value.approximate else ''}{value.number}{unit}"
