"""hazama (狭間): a municipality's welfare programmes, bodies and law as a graph that shows the gaps between them.

>>> import hazama
>>> town = hazama.read(hazama.sample())
>>> town.name
'藤沢市'

A command of the command line has the same verb here. Every name is loaded when it is first used, so
that a command waits only for what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazama.audits.compare import compare
    from hazama.audits.diff import diff
    from hazama.audits.register import decide as register
    from hazama.audits.run import audit
    from hazama.audits.statute import statute as law
    from hazama.coverage.gaps import gaps
    from hazama.coverage.household import persona as case
    from hazama.coverage.research import research_list as research
    from hazama.coverage.space import space
    from hazama.coverage.whatif import shock
    from hazama.coverage.whatif import what_if as whatif
    from hazama.exchange.building import build
    from hazama.exchange.workbook import template
    from hazama.figures.drawing import draw, scene
    from hazama.figures.drawing import scene as figure
    from hazama.knowledge.answers import ask
    from hazama.knowledge.find import Criteria, find
    from hazama.knowledge.network import network
    from hazama.knowledge.questions import questions
    from hazama.knowledge.show import show
    from hazama.knowledge.stores import put as load
    from hazama.knowledge.strangers import query
    from hazama.knowledge.triples import graph, triples
    from hazama.model.view import Scope, view
    from hazama.site.publish import publish
    from hazama.site.serve import serve
    from hazama.tables import apply as merge
    from hazama.tables import import_table, write
    from hazama.tables.empty import new
    from hazama.tables.frames import frame, matrix
    from hazama.tables.reading import check, read, sample

_HOME = {
    "read": "hazama.tables.reading:read",
    "sample": "hazama.tables.reading:sample",
    "check": "hazama.tables.reading:check",
    "new": "hazama.tables.empty:new",
    "template": "hazama.exchange.workbook:template",
    "write": "hazama.tables:write",
    "merge": "hazama.tables:apply",
    "import_table": "hazama.tables:import_table",
    "frame": "hazama.tables.frames:frame",
    "matrix": "hazama.tables.frames:matrix",
    "Scope": "hazama.model.view:Scope",
    "view": "hazama.model.view:view",
    "triples": "hazama.knowledge.triples:triples",
    "graph": "hazama.knowledge.triples:graph",
    "network": "hazama.knowledge.network:network",
    "Criteria": "hazama.knowledge.find:Criteria",
    "find": "hazama.knowledge.find:find",
    "show": "hazama.knowledge.show:show",
    "questions": "hazama.knowledge.questions:questions",
    "ask": "hazama.knowledge.answers:ask",
    "query": "hazama.knowledge.strangers:query",
    "load": "hazama.knowledge.stores:put",
    "build": "hazama.exchange.building:build",
    "space": "hazama.coverage.space:space",
    "gaps": "hazama.coverage.gaps:gaps",
    "research": "hazama.coverage.research:research_list",
    "case": "hazama.coverage.household:persona",
    "whatif": "hazama.coverage.whatif:what_if",
    "shock": "hazama.coverage.whatif:shock",
    "audit": "hazama.audits.run:audit",
    "register": "hazama.audits.register:decide",
    "law": "hazama.audits.statute:statute",
    "diff": "hazama.audits.diff:diff",
    "compare": "hazama.audits.compare:compare",
    "scene": "hazama.figures.drawing:scene",
    "figure": "hazama.figures.drawing:scene",
    "draw": "hazama.figures.drawing:draw",
    "publish": "hazama.site.publish:publish",
    "serve": "hazama.site.serve:serve",
}

__version__ = "0.1.0"
__all__ = [
    "Criteria",
    "Scope",
    "__version__",
    "ask",
    "audit",
    "build",
    "case",
    "check",
    "compare",
    "diff",
    "draw",
    "figure",
    "find",
    "frame",
    "gaps",
    "graph",
    "import_table",
    "law",
    "load",
    "matrix",
    "merge",
    "network",
    "new",
    "publish",
    "query",
    "questions",
    "read",
    "register",
    "research",
    "sample",
    "scene",
    "serve",
    "shock",
    "show",
    "space",
    "template",
    "triples",
    "view",
    "whatif",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hazama' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(import_module(module), attribute)
