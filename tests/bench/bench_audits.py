"""All audits of the sample town and of a made-up one with 2,000 programmes, 400 agencies and 150 bodies.

``python -m tests.bench.bench_audits [PROGRAMMES]`` prints a Markdown table: CPU seconds of reading nothing
from disk, the findings, and the most memory the process ever held.
"""

import resource
import sys
from dataclasses import replace
from datetime import date
from random import Random
from time import process_time

from hazama.audits import audit
from hazama.audits.audited import audited
from hazama.audits.run import audits
from hazama.model.records import Body, Member, Origin
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.tables import read, sample
from hazama.towns.sample import made_town

SLOW = 0.2
"""CPU seconds from which an audit is named."""


def governed_town(programs: int, bodies: int = 150, seats: int = 1200) -> Municipality:
    """A made-up town with meeting bodies, most of which report to an earlier one."""
    town = made_town(programs)
    draw = Random(programs)
    agencies = [one.id for one in town.agencies]
    return replace(
        town,
        bodies=tuple(
            Body(
                origin=Origin("bodies.csv", n + 2),
                id=f"b{n}",
                name=f"第{n}会議",
                reports_to=(f"b{draw.randrange(n)}",) if n and draw.random() < 0.6 else (),
            )
            for n in range(bodies)
        ),
        members=tuple(
            Member(origin=Origin("members.csv", n + 2), body=f"b{draw.randrange(bodies)}", agency=draw.choice(agencies))
            for n in range(seats)
        ),
    )


def measured(name: str, town: Municipality, day: date | None) -> str:
    """One line of the table."""
    began = process_time()
    findings = audit(town, Scope(day))
    seconds = process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {name} | {len(town.programs)} | {len(findings)} | {seconds:.2f} | {memory:.0f} |"


def slow(town: Municipality, day: date) -> list[str]:
    """The audits that take longest, each asked alone."""
    subject, lines = audited(town, Scope(day)), []
    for one in audits():
        began = process_time()
        count = len(list(one.findings(subject)))
        if (seconds := process_time() - began) >= SLOW:
            lines.append(f"| {one.group}:{one.name} | | {count} | {seconds:.2f} | |")
    return lines


def main(programs: int) -> None:
    """Print the table."""
    fujisawa, made = read(sample()), governed_town(programs)
    lines = ["| town | programmes | findings | CPU s | MiB |", "|---|---|---|---|---|"]
    lines.append(measured("sample", fujisawa, fujisawa.layer.as_of))
    lines.append(measured("made up", made, date(2024, 1, 1)))
    sys.stdout.write("\n".join([*lines, *slow(made, date(2024, 1, 1))]) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
