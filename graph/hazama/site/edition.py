"""Which pages of a town are written, and for whom."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from hazama.model.errors import UsageError
from hazama.resources import phrase
from hazama.site.cells import web_address
from hazama.site.ground import ENTITIES, Ground
from hazama.site.lacks import SUBJECTS

_PAGES = frozenset(
    {"index", "matrix", "matrix-needs", "gaps", "findings", *SUBJECTS, "explore", "search", "sources", "unrecorded"}
)
_REST = frozenset({"words", "downloads", "manual", "check", *ENTITIES})


@dataclass(frozen=True, slots=True)
class Edition:
    """How a publication differs from the whole site on a file share."""

    only: tuple[str, ...] = ()
    """Pages as ``matrix``, ``programs/i1a`` or ``programs/*``; none for every page."""
    base: str = ""
    """The web address at which the folder will stand; with it come a sitemap and every row as RDF."""
    few: int = 0
    """People below which no count of a gap is shown."""

    def takes(self, address: str) -> bool:
        """Whether a page is written."""
        name = address.partition("#")[0].removesuffix(".html")
        return not self.only or any(fnmatchcase(name, wanted.removesuffix(".html")) for wanted in self.only)

    def takes_figures(self) -> bool:
        """Whether a figure may be among the pages."""
        return not self.only or any("figure-".startswith(wanted[:7].partition("*")[0]) for wanted in self.only)

    def check(self, ground: Ground) -> None:
        """Raise :class:`UsageError` for a page that nothing is called, and for a base that is no web address."""
        names = {page.partition("#")[0].removesuffix(".html") for page in ground.pages.values()}
        for wanted in self.only:
            name = wanted.removesuffix(".html")
            if not (name.startswith("figure-") or any(fnmatchcase(known, name) for known in names | _PAGES | _REST)):
                raise UsageError(*phrase("site", "no_page", found=wanted))
        if self.base and not web_address(self.base):
            raise UsageError(*phrase("site", "no_base", found=self.base))


WHOLE = Edition()
"""Every page."""
