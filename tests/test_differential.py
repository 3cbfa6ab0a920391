"""The vendor's SDK and this client, side by side: what they send, and what they make of answers."""

import collections
import functools

import pytest

import differential_answers
import differential_behaviour
import differential_options
import differential_requests
from differences import DIFFERENCES
from differential import KITS, Case, differences
from differing import Found

CASES: list[Case] = [
    *differential_requests.CASES,
    *differential_options.CASES,
    *differential_answers.CASES,
    *differential_behaviour.CASES,
]


@functools.cache
def found_by(index: int, face: str) -> list[Found]:
    """What differs in a case; each is played once."""
    return differences(CASES[index], face)


def meant(found: Found) -> list[str]:
    """The entries that a difference is one of."""
    return [entry.key for entry in DIFFERENCES if entry.sees(found)]


@pytest.mark.parametrize("face", KITS)
@pytest.mark.parametrize("index", range(len(CASES)), ids=[case.name for case in CASES])
def test_only_what_is_meant_differs(index: int, face: str) -> None:
    unexplained = [found for found in found_by(index, face) if not meant(found)]
    assert not unexplained


def test_every_difference_is_seen_and_told_from_the_others() -> None:
    seen: collections.Counter[str] = collections.Counter()
    unclear = []
    for face in KITS:
        for index in range(len(CASES)):
            for found in found_by(index, face):
                keys = meant(found)
                seen.update(keys)
                if len(keys) > 1:
                    unclear.append((CASES[index].name, keys, found))
    assert not unclear
    assert {entry.key for entry in DIFFERENCES} - set(seen) == set()


def test_entries_and_cases_have_names_of_their_own() -> None:
    for names in ([entry.key for entry in DIFFERENCES], [case.name for case in CASES]):
        assert [name for name, count in collections.Counter(names).items() if count > 1] == []
