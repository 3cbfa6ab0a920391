"""Everything that the vendor's SDK was seen to do wrong, put to this client.

The numbers are those of `docs/defects.md`.
"""

import typing

import pytest

import defects_lifecycle
import defects_results
import defects_surface
import defects_transport
from defects import Case
from faces import MakeFace
from servers import ScriptedServer

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
