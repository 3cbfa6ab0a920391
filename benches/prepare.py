"""Sets up what the benchmarks need: an environment with the peers, a wheel of this package, and nginx.

Each step is left out when nothing it depends on has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import typing
import venv

from .places import HOME, NGINX, PYTHON, ROOT, VENV
from .server import find

if typing.TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("Cargo.toml", "Cargo.lock", "pyproject.toml", "README.md", "src", "python")


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Runs a command, whose failure is one of the benchmark."""
    subprocess.run(command, cwd=cwd, check=True, env={**os.environ, **environment})


def output(*command: str | Path) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def digest(paths: typing.Iterable[Path]) -> str:
    """Tells whether files have changed."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def is_done(stamp: Path, state: str) -> bool:
    """Whether a step was done with the same state before."""
    return stamp.exists() and stamp.read_text() == state


def make_environment() -> None:
    """Makes the virtual environment with the peers."""
    requirements = ROOT / "benches" / "requirements.txt"
    stamp, state = VENV / ".peers", sys.version + requirements.read_text()
    if is_done(stamp, state):
        return
    print("bench: installing the peers", flush=True)
    venv.create(VENV, with_pip=True, clear=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--requirement", requirements)
    stamp.write_text(state)


def sources() -> typing.Iterator[Path]:
    """What the wheel is made of."""
    for name in SOURCES:
        place = ROOT / name
        yield from (place.rglob("*.*") if place.is_dir() else [place])


def make_package(profile: str) -> None:
    """Builds this package and installs it into the environment."""
    files = [path for path in sources() if path.suffix in {".rs", ".py", ".toml", ".lock", ".md", ".json"}]
    state = f"{profile} {digest(files)}"
    wheels = HOME / "wheels" / profile
    if not is_done(wheels / ".state", state):
        print(f"bench: building the package ({profile})", flush=True)
        shutil.rmtree(wheels, ignore_errors=True)
        maturin = VENV / "bin" / "maturin"
        run(maturin, "build", "--quiet", "--profile", profile, "--out", wheels, "--interpreter", PYTHON)
        (wheels / ".state").write_text(state)
    if is_done(VENV / ".package", state):
        return
    (wheel,) = wheels.glob("*.whl")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", wheel)
    run(PYTHON, "-m", "pip", "install", "--quiet", wheel)
    (VENV / ".package").write_text(state)


def make_nginx() -> None:
    """Takes nginx from Debian's archive, without installing it, if there is none."""
    if find() or (NGINX / "usr/sbin/nginx").exists():
        return
    if not shutil.which("apt-get"):
        sys.exit("bench: nginx is needed: install it, or run this on Debian")
    print("bench: taking nginx from Debian", flush=True)
    fetch("nginx")
    (package,) = NGINX.glob("nginx_*.deb")
    run("dpkg-deb", "--extract", package, NGINX)
    if "not found" not in output("ldd", NGINX / "usr/sbin/nginx"):
        return
    names = output("dpkg-deb", "--field", package, "Depends").split(",")
    libraries = [name.split()[0] for name in names if name.strip().startswith("lib")]
    fetch(*(name for name in libraries if name != "libc6"))
    for archive in NGINX.glob("lib*.deb"):
        run("dpkg-deb", "--extract", archive, NGINX)


def fetch(*packages: str) -> None:
    """Downloads packages of Debian."""
    NGINX.mkdir(parents=True, exist_ok=True)
    run("apt-get", "--quiet", "--quiet", "download", *packages, cwd=NGINX)


def main() -> None:
    """Sets everything up."""
    parser = argparse.ArgumentParser(prog="benches.prepare", description=__doc__)
    parser.add_argument("--profile", default="release", help="of cargo, to build the package with")
    profile = parser.parse_args().profile
    HOME.mkdir(parents=True, exist_ok=True)
    make_environment()
    make_package(profile)
    make_nginx()


if __name__ == "__main__":
    main()
