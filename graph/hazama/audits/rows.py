"""Which rows are the town's to answer for."""

from collections.abc import Iterable
from typing import TypeVar

from hazama.model.records import Row

R = TypeVar("R", bound=Row)


def own(rows: Iterable[R]) -> list[R]:
    """The rows of the town itself, without those of the layers it stands on."""
    return [row for row in rows if not row.layer]
