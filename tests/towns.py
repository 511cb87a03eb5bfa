"""Made-up towns as Python values, for tests of every floor above the tables.

``small_town()`` is みなと町 on a layer of law: small enough to read, with every table, all three
states of a cell, every evidence status and every precision of a date in it. Nothing in it is a fact.
"""

from datetime import date

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.concepts import Concept, Scheme
from hazama.model.dates import Day
from hazama.model.records import (
    Agency,
    Body,
    Challenge,
    Demand,
    District,
    Eligibility,
    Law,
    Link,
    Member,
    NotApplicable,
    Origin,
    Program,
    Provision,
    Source,
    Status,
    Theme,
)
from hazama.model.town import Layer, Municipality
from hazama.tables.concepts import packaged, space

BASE = "https://example.org/minato/"
LAW_BASE = "https://example.org/law/"

OWN_CONCEPTS = {
    "agency_kinds": (("minato_section", "みなと課", "Minato section"),),
    "body_kinds": (("minato_council", "みなと会議", "Minato council"),),
    "predicates": (("minato_serves", "支える", "serves"),),
}
"""Concepts that only this town has."""


def schemes() -> dict[str, Scheme]:
    """The lists that come with hazama, and the town's own concepts."""
    merged: dict[str, Scheme] = dict(packaged())
    for scheme, concepts in OWN_CONCEPTS.items():
        own = {id: Concept(id, scheme, ja, en, alt=(f"{ja}（別名）",), layer="") for id, ja, en in concepts}
        merged[scheme] = {**merged.get(scheme, {}), **own}
    return merged


def small_town() -> Municipality:
    """みなと町: five programmes, four agencies, two bodies, a law beneath."""
    return Municipality(
        layers=(
            Layer(
                "",
                "みなと町",
                "Minato Town",
                BASE,
                "999997",
                "https://creativecommons.org/licenses/by/4.0/",
                date(2024, 4, 1),
                "みなと町福祉部",
                ("law",),
            ),
            Layer("law", "見本の法", "Sample law", LAW_BASE, licence="自由に利用できる"),
        ),
        agencies=_agencies(),
        bodies=_bodies(),
        members=_members(),
        programs=_programs(),
        eligibility=_eligibility(),
        laws=(
            Law(
                origin=_at("laws", 2),
                layer="law",
                id="care_act",
                name="見本ケア法",
                name_en="Sample Care Act",
                short="ケア法",
                kind="act",
                number="令和元年法律第1号",
                promulgated=Day("2019-05-01"),
                egov_id="501AC0000000001",
                url="https://example.org/law/text",
                next_change="2027年に改正",
            ),
        ),
        provisions=_provisions(),
        themes=(
            Theme(
                origin=_at("themes", 2),
                id="t1",
                name="相談の体制",
                name_en="Consultation",
                no=1,
                scope="相談を\n受ける",
            ),
            Theme(origin=_at("themes", 3), id="t2", name="居場所", no=2),
        ),
        challenges=(
            Challenge(
                origin=_at("challenges", 2),
                id="c1",
                statement="40歳以上の人の居場所が足りない",
                statement_en="Too few places for people over 40",
                kind="todo",
                theme=("t2",),
                target="40歳以上の人",
                partners=("npo", "council"),
                source=("plan",),
                locator="p.5",
            ),
        ),
        districts=(
            District(
                origin=_at("districts", 2),
                id="north",
                name="北地区",
                name_en="North",
                reading="きたちく",
                hub="北公民館",
            ),
            District(origin=_at("districts", 3), id="south", name="南地区", status=Status.UNVERIFIED),
        ),
        links=(
            Link(
                origin=_at("links", 2), subject="npo", predicate="cooperates_with", object="welfare", since=Day("2020")
            ),
            Link(
                origin=_at("links", 3),
                subject="programs/visit",
                predicate="minato_serves",
                object="needs/withdrawal",
                status=Status.INFERRED,
                reason="事業の名から",
            ),
        ),
        demand=(
            Demand(origin=_at("demand", 2), district="north", limits={"age": _ages(40, 64)}, people=1200),
            Demand(
                origin=_at("demand", 3),
                district="south",
                limits={"age": AgeRange(Age(65), NO_LIMIT)},
                people=0,
                need="withdrawal",
                share=0.015,
            ),
        ),
        not_applicable=(
            NotApplicable(
                origin=_at("not_applicable", 2), needs=("care",), limits={"age": AgeRange(NO_LIMIT, Age(39))}
            ),
        ),
        sources=(
            Source(
                origin=_at("sources", 2),
                id="plan",
                title="地域福祉計画",
                publisher="みなと町",
                date=Day("2023-03"),
                address="https://example.org/plan.pdf",
                licence="CC BY 4.0",
            ),
        ),
        schemes=schemes(),
        space=space(),
    )


def _agencies() -> tuple[Agency, ...]:
    return (
        Agency(
            origin=_at("agencies", 2),
            id="city",
            name="みなと町役場",
            name_en="Town office",
            kind="municipality",
            zone="inside",
        ),
        Agency(
            origin=_at("agencies", 3),
            id="welfare",
            name="福祉課",
            name_en="Welfare Section",
            reading="ふくしか",
            alt=("福祉係", "ふくし"),
            kind="section",
            parent="city",
            zone="inside",
            since=Day("2021-04-01"),
            succeeds=("old_welfare",),
            source=("plan",),
            locator="p.1",
        ),
        Agency(
            origin=_at("agencies", 4),
            id="old_welfare",
            name="健康福祉課",
            kind="minato_section",
            parent="city",
            zone="inside",
            until=Day("2021-03-31"),
        ),
        Agency(
            origin=_at("agencies", 5),
            id="npo",
            name="NPO「みなと」",
            zone="outside",
            status=Status.INFERRED,
            reason='名簿に "みなと" とある',
            note="C:\\名簿",
        ),
    )


def _bodies() -> tuple[Body, ...]:
    return (
        Body(
            origin=_at("bodies", 2),
            id="council",
            name="推進会議",
            name_en="Council",
            kind="minato_council",
            zone="inside",
            convener=("city",),
            secretariat=("welfare",),
            basis=("care_1",),
            basis_kind="act",
            basis_text="ケア法1条",
            theme=("t1", "t2"),
            since=Day("2019"),
        ),
        Body(
            origin=_at("bodies", 3),
            id="subcommittee",
            name="相談部会",
            kind="subcommittee",
            parent="council",
            reports_to=("council",),
            inferred=("reports_to",),
            reason="慣例から",
        ),
    )


def _members() -> tuple[Member, ...]:
    return (
        Member(origin=_at("members", 2), body="council", agency="welfare", role="secretariat", since=Day("2021-04")),
        Member(origin=_at("members", 3), body="council", agency="npo", role="member"),
        Member(origin=_at("members", 4), body="subcommittee", agency="welfare"),
    )


def _programs() -> tuple[Program, ...]:
    return (
        Program(
            origin=_at("programs", 2),
            id="desk",
            name="なんでも相談",
            name_en="Open desk",
            description="誰でも相談できる",
            description_en="Anyone may come",
            owner=("welfare",),
            operators=("welfare", "npo"),
            themes=("t1",),
            needs=NO_LIMIT,
            functions=("consultation",),
            field=("all",),
            reach="open",
            basis=("care_1",),
            basis_kind="act",
            limits=dict.fromkeys(_limit_names(), NO_LIMIT) | {"age": AgeRange(NO_LIMIT, NO_LIMIT)},
            since=Day("2020-04"),
            checked=Day("2024-03-15"),
            source=("plan", "https://example.org/desk"),
            locator="表1",
        ),
        Program(
            origin=_at("programs", 3),
            id="visit",
            name="ひきこもり訪問",
            alt=("アウトリーチ", "訪問支援"),
            owner=("welfare",),
            needs=("withdrawal",),
            functions=("outreach", "consultation"),
            field=("all",),
            reach="dedicated",
            themes=("t1",),
            limits={"age": _ages(15, 39), "residence": ("resident",)},
            other_limits="家族も可",
            provision=("care_1_2",),
            implements=("national_visit",),
            classified=("needs", "functions", "reach"),
            extra={"予算（千円）": "1,200", "備考2": "=1+1"},
        ),
        Program(
            origin=_at("programs", 4),
            id="meals",
            name="配食",
            description="配食",
            owner=("city",),
            inferred=("owner",),
            reason="前年の事務分担から",
            needs=("care",),
            basis_text="要綱",
            basis_kind="outline",
            limits={"age": AgeRange(Age(65, approximate=True), NO_LIMIT), "district": ("north",), "income": NO_LIMIT},
        ),
        Program(
            origin=_at("programs", 5),
            id="baby",
            name="赤ちゃん訪問",
            owner=("welfare",),
            until=Day("2023"),
            limits={"age": AgeRange(Age(0), Age(4, "month"))},
        ),
        Program(
            origin=_at("programs", 2),
            layer="law",
            id="national_visit",
            name="国の訪問事業",
            name_en="National visits",
            basis=("care_1_2",),
            status=Status.UNVERIFIED,
        ),
    )


def _eligibility() -> tuple[Eligibility, ...]:
    return (
        Eligibility(
            origin=_at("eligibility", 2), program="meals", limits={"certificate": ("physical", "intellectual")}
        ),
        Eligibility(
            origin=_at("eligibility", 2),
            layer="law",
            program="national_visit",
            provision=("care_1",),
            limits={"age": AgeRange(Age(12, "month"), Age(18)), "household": ("single",)},
            other_limits="町長が認めた人",
        ),
    )


def _provisions() -> tuple[Provision, ...]:
    return (
        Provision(
            origin=_at("provisions", 2),
            layer="law",
            id="care_1",
            law="care_act",
            article="1",
            heading="目的",
            summary="支援の目的",
            summary_en="Aim",
            modality="duty",
            modality_text="行うものとする",
            bearer=("municipality",),
            field=("all",),
            functions=("consultation",),
            since=Day("2020-04-01"),
            element="MainProvision-Article_1",
            checked=Day("2024"),
            hash="0f",
        ),
        Provision(
            origin=_at("provisions", 3),
            layer="law",
            id="care_1_2",
            law="care_act",
            parent="care_1",
            article="1",
            paragraph="2",
            item="1",
            subitem="イ",
            cites=("care_1",),
        ),
    )


def _limit_names() -> list[str]:
    return [dimension.id for dimension in space() if dimension.role == "limit" and dimension.id != "age"]


def _ages(least: int, most: int) -> AgeRange:
    return AgeRange(Age(least), Age(most))


def _at(table: str, row: int) -> Origin:
    return Origin(f"{table}.csv", row)
