"""Code written for the vendor's SDK, as it is and with the import changed."""

import pathlib
import re
import subprocess
import sys

import pytest

from test_typing import check

CODE = pathlib.Path(__file__).parent / "data" / "vendor_code" / "job.py"


def text_for(package: str) -> str:
    """The code for a package: nothing but its name is replaced."""
    return re.sub(r"\btwelvelabs\b", package, CODE.read_text())


@pytest.mark.parametrize("package", ["twelvelabs", "twelvelabs_batches"])
@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_type_checkers_accept_it(tool: str, package: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "job.py"
    path.write_text(text_for(package))
    done = check(tool, path)
    assert done.returncode == 0, done.stdout


RUNNER = """
import os, runpy, sys, time
from twelvelabs_batches import Emulator

with Emulator(speed=0) as platform:
    platform.add_asset(f"{3:024x}", analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    os.environ["TWELVE_LABS_API_KEY"] = platform.api_key
    os.environ["TWELVELABS_BASE_URL"] = platform.base_url
    time.sleep = lambda seconds: platform.advance(seconds=seconds)
    runpy.run_path(sys.argv[1], run_name="__main__")
"""
"""Runs a program on a platform whose time passes while it sleeps."""


def run(package: str, folder: pathlib.Path) -> str:
    """Runs the code, and gives what it printed."""
    path = folder / f"with_{package}.py"
    path.write_text(text_for(package))
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_prints_the_same_with_both(tmp_path: pathlib.Path) -> None:
    printed = run("twelvelabs_batches", tmp_path)
    assert printed == run("twelvelabs", tmp_path)
    for told in (
        "video-4: stop",
        "asset_unavailable",
        "conflict 409",
        "gone 404",
        "refused 401",
        "no such task 404",
    ):
        assert told in printed
