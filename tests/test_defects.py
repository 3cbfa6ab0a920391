"""Everything that the vendor's SDK was seen to do wrong, put to this client.

The numbers are those of `docs/defects.md`.
"""

import pathlib
import typing

import pytest

import defects_lifecycle
import defects_results
import defects_surface
import defects_transport
from defects import Case
from faces import MakeFace
from servers import ScriptedServer

PAGE = pathlib.Path(__file__).parent.parent / "docs" / "defects.md"
CASES: list[Case] = [
    *defects_results.CASES,
    *defects_transport.CASES,
    *defects_lifecycle.CASES,
    *defects_surface.CASES,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number:02}: {case.given}")
def test_defect(
    make_face: MakeFace, server: ScriptedServer, case: Case, request: pytest.FixtureRequest
) -> None:
    face = typing.cast("str", request.node.callspec.params["make_face"].name)
    if case.only not in {None, face}:
        pytest.skip(f"does not apply to the {face} face")
    expected = case.asynchronous if face == "async" and case.asynchronous is not None else case.outcome
    assert case.play(make_face, server) == expected


def test_every_number_has_its_input() -> None:
    assert {case.number for case in CASES} == set(range(1, 57))


def test_the_page_is_of_these_inputs() -> None:
    rows = [line.split(" | ") for line in PAGE.read_text().splitlines() if line[:3].strip("| ").isdigit()]
    shown = [
        (int(row[0].strip("| ")), row[1].removesuffix(" (asyncio)"), row[-1].removesuffix(" |"))
        for row in rows
    ]
    assert shown == [(case.number, case.given, case.outcome) for case in CASES], "run tools/side_by_side.py"
