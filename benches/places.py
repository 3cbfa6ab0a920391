"""Where things are: everything that is made is under `target/bench`."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "target" / "bench"
DATA = HOME / "data"
VENV = HOME / "venv"
NGINX = HOME / "nginx"
PYTHON = VENV / "bin" / "python"
