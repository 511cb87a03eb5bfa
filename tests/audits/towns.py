"""Short ways to write rows for audits. Nothing in them is a fact."""

from dataclasses import replace
from datetime import date
from typing import Any

from hazama.model.records import Agency, Body, Link, Member, Origin, Program
from hazama.model.town import Layer, Municipality
from hazama.model.view import Scope
from hazama.tables.concepts import packaged, space

TODAY = Scope(date(2024, 4, 1))


def at(table: str, row: int = 2) -> Origin:
    return Origin(f"{table}.csv", row)


def agency(id: str, **more: Any) -> Agency:
    return Agency(origin=at("agencies"), id=id, name=f"{id}課", **more)


def body(id: str, **more: Any) -> Body:
    return Body(origin=at("bodies"), id=id, name=f"{id}会議", **more)


def seat(body: str, agency: str, **more: Any) -> Member:
    return Member(origin=at("members"), body=body, agency=agency, **more)


def program(id: str, owner: str = "", needs: Any = (), **more: Any) -> Program:
    return Program(
        origin=at("programs"), id=id, name=f"{id}事業", owner=(owner,) if owner else (), needs=needs or (), **more
    )


def link(subject: str, predicate: str, object: str) -> Link:
    return Link(origin=at("links"), subject=subject, predicate=predicate, object=object)


def town(**tables: Any) -> Municipality:
    """A town of these rows with the concept lists that come with hazama."""
    layer = Layer("", "みなと市", "Minato City", "https://example.org/minato/")
    return replace(Municipality(layers=(layer,), schemes=packaged(), space=space()), **tables)
