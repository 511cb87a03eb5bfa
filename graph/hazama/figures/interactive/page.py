"""One HTML file with everything in it: drawing library, script, style, data and the equal table."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from hazama.figures.interactive.nodes import collected
from hazama.figures.scene import Scene, Statement
from hazama.figures.style import COLOUR, Palette
from hazama.resources import words

LIBRARY = "lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Parts:
    """What an interactive page is made of; a site may put library, script and style in files of their own."""

    title: str
    lang: str
    data: str
    table: str
    library: str
    script: str
    style: str

    @property
    def content(self) -> str:
        """The controls, the drawing's place and the table, without a page around them."""
        said = {name: escape(both[self.lang]) for name, both in words("figures").items()}
        texts = {**said, "title": escape(self.title), "table": self.table, "data": self.data}
        return re.sub(r"\{(\w+)\}", lambda found: texts[found[1]], own("page.html"))


def html(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return a figure as one HTML file that opens by double click and asks the network for nothing."""
    return standalone(figure_parts(scene, palette))


def figure_parts(scene: Scene, palette: Palette = COLOUR) -> Parts:
    """Return the parts of a figure's interactive page."""
    return parts(collected(scene, palette), scene.statements, scene.title.text, scene.lang)


def parts(data: dict[str, Any], statements: tuple[Statement, ...], title: str, lang: str) -> Parts:
    """Return the parts of a page that shows these nodes and edges."""
    return Parts(
        title=title,
        lang=lang,
        data=_json(data),
        table=_table(statements, lang),
        library=library(),
        script=own("explore.js"),
        style=own("explore.css"),
    )


def standalone(made: Parts) -> str:
    """Return one file; its content security policy names the hashes of its own scripts and style, nothing else."""
    scripts = " ".join(f"'{_hash(script)}'" for script in (made.library, made.script))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src '{_hash(made.style)}'; img-src data:; base-uri 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="{made.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(made.title)}</title>\n<style>{made.style}</style>\n</head>\n<body>\n"
        f'<main class="hz">\n<h1>{escape(made.title)}</h1>\n{made.content}</main>\n'
        f"<script>{made.library}</script>\n<script>{made.script}</script>\n</body>\n</html>\n"
    )


@cache
def library() -> str:
    """Return vis-network as the pyvis package carries it."""
    text = (files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    return text.split("//# sourceMappingURL", 1)[0].replace("</script", "<\\/script")


@cache
def own(name: str) -> str:
    """Return a file of this folder: ``explore.js``, ``explore.css`` or ``page.html``."""
    return (files("hazama.figures.interactive") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(data: dict[str, Any]) -> str:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _table(statements: tuple[Statement, ...], lang: str) -> str:
    """Return the rows of the table that says the same as the picture."""
    if not statements:
        return ""
    common = words("figures")
    names = ("subject", "relation", "object", "evidence", "source")
    heads = "".join(f'<th scope="col">{escape(common["column_" + name][lang])}</th>' for name in names)
    rows = "".join(_row(statement, common[f"status_{statement.status.value}"][lang]) for statement in statements)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(statement: Statement, status: str) -> str:
    cells = (statement.subject, statement.predicate, statement.object, status, statement.source)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
