"""Whether the addresses of a town still answer: the only thing in hazama that may touch the network, when asked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from hazama.model.errors import Violation
from hazama.model.town import Municipality
from hazama.tables.columns import declaration
from hazama.tables.rules import place
from hazama.tables.sheets import violation

SECONDS = 10
AT_ONCE = 8


def dead_addresses(town: Municipality) -> Iterator[Violation]:
    """A warning for every cell whose address does not answer."""
    cells = list(_addresses(town))
    unique = sorted({address for *_, address in cells})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = dict(zip(unique, pool.map(_failure, unique), strict=True))
    for file, row, column, address in cells:
        if failure := failures[address]:
            yield violation(file, row, column, "dead_address", found=address, reason=failure)


def _addresses(town: Municipality) -> Iterator[tuple[str, int, str, str]]:
    for name, rows in town.tables():
        columns = [column.name for column in declaration()[name].columns if column.kind in ("url", "source")]
        columns += ["address"] * (name == "sources")
        for row in rows:
            for column in dict.fromkeys(columns):
                value = getattr(row, column)
                for text in value if isinstance(value, tuple) else (value,):
                    if text.startswith(("http://", "https://")):
                        yield place(row), row.origin.row, column, text


def _failure(address: str) -> str:
    """Why an address does not answer, or ``""``."""
    try:
        with urlopen(Request(address, method="HEAD", headers={"User-Agent": "hazama"}), timeout=SECONDS):
            return ""
    except HTTPError as error:
        return "" if error.code in (401, 403, 405, 429) else str(error.code)
    except (URLError, OSError, ValueError) as error:
        return str(getattr(error, "reason", error))
