"""A fixture for tests of code that uses this package: the platform on this machine."""

from __future__ import annotations

import typing

import pytest

if typing.TYPE_CHECKING:
    from twelvelabs_batches import Emulator


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker."""
    config.addinivalue_line(
        "markers",
        "twelvelabs_emulator(**options): options of the emulator behind the fixture of this name, "
        "such as speed=60, seed=1 or faults=['on=create,status=503']",
    )


@pytest.fixture
def twelvelabs_emulator(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> typing.Iterator[Emulator]:
    """The platform on this machine, fresh for each test.

    Its time stands still until the test moves it with `advance`, unless the
    marker of the same name says otherwise. While the test runs, the environment
    names it: clients made without key and address find it.
    """
    from twelvelabs_batches import Emulator  # noqa: PLC0415 - runs of pytest without the fixture pay nothing

    options: typing.Dict[str, typing.Any] = {"speed": 0}
    for marker in reversed(list(request.node.iter_markers("twelvelabs_emulator"))):
        options.update(marker.kwargs)
    with Emulator(**options) as platform:
        monkeypatch.setenv("TWELVE_LABS_API_KEY", platform.api_key)
        monkeypatch.setenv("TWELVELABS_BASE_URL", platform.base_url)
        yield platform
