"""Writes the tables of `docs/migration.md` from `tests/differences.py`.

python tools/migration.py          # write
python tools/migration.py --check  # fail if it is stale
"""

from __future__ import annotations

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from differences import DIFFERENCES, Difference  # noqa: E402 - it is not a package

PAGE = ROOT / "docs" / "migration.md"
BEGIN = "<!-- Written by tools/migration.py from tests/differences.py. -->\n"
END = "<!-- End of what is written by tools/migration.py. -->\n"
HEADINGS = {
    "requests": "What is sent",
    "answers": "What comes back",
    "errors": "What is raised",
    "behaviour": "What is done",
}


def cell(text: str) -> str:
    """Text in a table."""
    return text.replace("|", "\\|")


def write_row(entry: Difference) -> str:
    """Writes a difference."""
    texts = (entry.given, entry.vendor, entry.client, entry.reason)
    return f"| {' | '.join(cell(text) for text in texts)} |\n"


def write_tables() -> str:
    """Writes all differences."""
    parts = []
    for about, heading in HEADINGS.items():
        rows = [write_row(entry) for entry in DIFFERENCES if entry.about == about]
        parts.append(
            f"### {heading}\n\n| what | the vendor's SDK | this client | why |\n| --- | --- | --- | --- |\n"
        )
        parts.append("".join(rows) + "\n")
    return "".join(parts)


def main() -> int:
    """Writes or checks."""
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    text = f"{before}{BEGIN}\n{write_tables()}{END}{after}"
    stale = page != text
    if stale and "--check" not in sys.argv:
        PAGE.write_text(text)
    if stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {PAGE.name}")
    return int(stale and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
