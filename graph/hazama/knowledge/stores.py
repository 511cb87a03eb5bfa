"""Stores elsewhere: a folder on disk, or a SPARQL 1.1 endpoint by address.

``memory|DIR|http://…/sparql`` is all that changes between a laptop and a triple store. Each holds a digest
of the triples beside them; a store that holds other triples than the tables raises, it never answers.
"""

import json
import shutil
from pathlib import Path

from hazama.knowledge.endpoint import Endpoint, StoreError, digest
from hazama.knowledge.questions import questions
from hazama.knowledge.store import Embedded, Store, load
from hazama.knowledge.triples import document
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.resources import phrase


def opened(where: str, town: Municipality, scope: Scope) -> Store:
    """The store of ``memory|DIR|http…`` with the triples of *town*, which is a view of *scope*."""
    if where == "memory":
        return load(town)
    if not where.startswith(("http://", "https://")):
        return on_disk(Path(where), town)
    endpoint = Endpoint(where, graph_name(town, scope))
    held = endpoint.digest()
    if held != digest(document(town)):
        raise StoreError(*phrase("towns", "store_other" if held else "store_not_loaded", town=town.name))
    return endpoint


def graph_name(town: Municipality, scope: Scope) -> str:
    """The named graph of one town in one scope."""
    more = "-".join(sorted(one.value for one in scope.include)) or "stated"
    return f"{town.layer.base}graph/{scope.as_of or 'all'}-{more}-{'all' if scope.editors else 'stated'}"


def on_disk(folder: Path, town: Municipality) -> Embedded:
    """The store in *folder*, built beside the old one and swapped in; built again only if the triples changed."""
    from pyoxigraph import Store as Oxigraph

    text = document(town)
    mark, manifest = digest(text), folder / "manifest.json"
    home = folder / mark[:16]
    try:
        if not home.exists() or _manifest(manifest) != mark:
            build(folder, text, home)
            (folder / "manifest.new").write_text(json.dumps({"digest": mark}) + "\n", encoding="utf-8")
            (folder / "manifest.new").replace(manifest)
            for old in folder.glob("[0-9a-f]" * 16):
                if old != home:
                    shutil.rmtree(old, ignore_errors=True)
        return Embedded(Oxigraph.read_only(str(home)))
    except OSError as error:
        code = "store_locked" if _is_locked(error) else "store_unwritable"
        raise StoreError(*phrase("towns", code, path=folder, why=error)) from error


def _manifest(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["digest"])
    except (OSError, ValueError, KeyError):
        return ""


def build(folder: Path, text: bytes, home: Path) -> None:
    """Fill a new store; RocksDB's own lock on it keeps a second writer out. A full disk leaves nothing new."""
    from pyoxigraph import RdfFormat
    from pyoxigraph import Store as Oxigraph

    folder.mkdir(parents=True, exist_ok=True)
    fresh, engine = folder / "building", None
    try:
        engine = Oxigraph(str(fresh))
        engine.clear()
        engine.bulk_load(text, RdfFormat.N_TRIPLES, lenient=True)
        engine.flush()
    except OSError as error:
        engine = None  # let go of the folder
        if not _is_locked(error):
            shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        del engine  # an error that is raised would keep it, and the folder, open
    if home.exists():
        shutil.rmtree(home)
    fresh.rename(home)


def _is_locked(error: OSError) -> bool:
    return "lock" in str(error).lower()


def put(town: Municipality, scope: Scope, address: str, graphs: str = "") -> tuple[int, int]:
    """Put a town into its named graphs, one for each scope that questions take; how many graphs and triples."""
    texts = {}
    for one in {scope, *(asked.scoped(scope) for asked in questions())}:
        seen = view(town, one)
        texts[graph_name(seen, one)] = document(seen)
    for name, text in sorted(texts.items()):
        Endpoint(address, name).put(graphs or graph_store(address), text)
    return len(texts), sum(text.count(b"\n") for text in texts.values())


def graph_store(address: str) -> str:
    """Where Oxigraph (``/query``) and Virtuoso (``/sparql``) keep their Graph Store Protocol."""
    if address.endswith("/query"):
        return address.removesuffix("query") + "store"
    return address.removesuffix("-auth") + "-graph-crud-auth"
