"""Short names of addresses: ``cpsv:PublicService``."""

import re
from collections.abc import Mapping

from hazama.knowledge.terms import address

_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local names that Turtle and JSON-LD both take without an escape."""


class Names:
    """Prefixes, the longest name space first, and the short names that they give."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(sorted(prefixes.items()))
        self._longest = sorted(self.prefixes.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        self._known: dict[str, str] = {}

    def short(self, term: str) -> str:
        """The short name of an IRI term, ``""`` where it has none."""
        if term not in self._known:
            self._known[term] = self._shortened(address(term))
        return self._known[term]

    def _shortened(self, full: str) -> str:
        for prefix, namespace in self._longest:
            if full.startswith(namespace):
                local = full[len(namespace) :]
                return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else ""
        return ""
