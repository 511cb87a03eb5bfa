"""Counts over all towns, as DuckDB expressions over the Parquet.

A cell is a need and a support function, as in :mod:`hazama.audits.compare`: the town's own programmes that
name both serve it. A programme for all needs serves none in particular.
"""

from pathlib import Path
from typing import Any

from hazama.model.errors import InputError, UsageError
from hazama.resources import phrase
from hazama.towns.pack import extra, partitions

Records = list[dict[str, Any]]

_VIEW = """
CREATE VIEW {table} AS SELECT * FROM read_parquet('{towns}/town=*/{table}.parquet', hive_partitioning=true,
    hive_types={{'town': VARCHAR}});
"""
_SERVED = """
CREATE TABLE served AS SELECT DISTINCT town, need, function FROM
    (SELECT town, need, unnest(functions) AS function
     FROM (SELECT town, functions, unnest(needs) AS need FROM programs));
"""
_RANK = """
WITH cells AS (SELECT count(*) AS every FROM (SELECT DISTINCT need, function FROM served)),
     mine AS (SELECT town, count(*) AS served FROM served GROUP BY town),
     counted AS (SELECT town, count(*) AS programs FROM programs GROUP BY town),
     open AS (SELECT town, count(*) AS duties FROM provisions
              WHERE modality = 'duty' AND list_contains(bearer, 'municipality') AND len(programs) = 0 GROUP BY town),
     themed AS (SELECT town, needs, unnest(themes) AS theme FROM programs),
     pairs AS (SELECT DISTINCT town, theme, unnest(needs) AS need FROM themed),
     asked AS (SELECT town, count(DISTINCT theme) * (SELECT count(DISTINCT need) FROM pairs) AS pairs
               FROM themed GROUP BY town),
     met AS (SELECT town, count(*) AS pairs FROM pairs GROUP BY town)
SELECT town, name, coalesce(counted.programs, 0) AS programs, coalesce(served, 0) AS served,
       every - coalesce(served, 0) AS unserved, coalesce(asked.pairs, 0) - coalesce(met.pairs, 0) AS themes,
       coalesce(duties, 0) AS duties
FROM towns CROSS JOIN cells LEFT JOIN mine USING (town) LEFT JOIN counted USING (town) LEFT JOIN open USING (town)
     LEFT JOIN asked USING (town) LEFT JOIN met USING (town)
ORDER BY {by} DESC, town
"""
_COMPARE = """
SELECT CASE WHEN here.town IS NULL THEN 'there' ELSE 'here' END AS side,
       coalesce(here.need, there.need) AS need, coalesce(here.function, there.function) AS function
FROM (SELECT * FROM served WHERE town = $here) here
FULL JOIN (SELECT * FROM served WHERE town = $there) there USING (need, function)
WHERE here.town IS NULL OR there.town IS NULL ORDER BY side DESC, need, function
"""
_LIKE = """
WITH size AS (SELECT towns.town, name, count(need) AS cells FROM towns LEFT JOIN served USING (town) GROUP BY ALL),
     both_of AS (SELECT other.town, count(*) AS shared FROM served here JOIN served other USING (need, function)
              WHERE here.town = $here GROUP BY other.town)
SELECT size.town, size.name, round(coalesce(shared, 0) / greatest(size.cells + own.cells - coalesce(shared, 0), 1), 4)
       AS alike, size.cells - coalesce(shared, 0) AS unserved
FROM size CROSS JOIN (SELECT cells FROM size WHERE town = $here) own LEFT JOIN both_of USING (town)
WHERE size.town <> $here ORDER BY alike DESC, size.town
"""
RANKS = ("unserved", "themes", "duties", "served", "programs")


def rank(towns: Path, by: str = "unserved") -> Records:
    """Every town with its counts, most of *by* first.

    ``unserved``: cells that another town serves and this one does not. ``themes``: a theme of the town's
    programmes and a need that some town names, which none of its programmes names together. ``duties``:
    duties of a municipality that are the basis of no programme of the town.
    """
    if by not in RANKS:
        raise UsageError(*phrase("cli", "bad_parameter", name="--by", allowed=", ".join(RANKS), message=by))
    return _records(towns, _RANK.format(by=by), {})


def compare(towns: Path, here: str, there: str) -> Records:
    """The cells that one of two towns serves and the other does not, those served elsewhere first."""
    return _records(towns, _COMPARE, {"here": here, "there": there})


def like(towns: Path, here: str) -> Records:
    """The other towns by the share of served cells in common (Jaccard), and how many they serve that we do not."""
    return _records(towns, _LIKE, {"here": here})


def _records(towns: Path, query: str, values: dict[str, str]) -> Records:
    known = {home.name.removeprefix("town=") for home in partitions(towns)}
    for code in values.values():
        if code not in known:
            raise UsageError(*phrase("towns", "unknown_town", code=code))
    duckdb = extra("duckdb", "fast")
    try:
        with duckdb.connect() as engine:
            for table in ("towns", "programs", "provisions"):
                engine.execute(_VIEW.format(table=table, towns=str(towns).replace("'", "''")))
            engine.execute(_SERVED)
            found = engine.execute(query, values)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise InputError(*phrase("towns", "unreadable_pack", path=towns, found=error)) from error
