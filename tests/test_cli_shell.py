"""The program in its shell: help, a quick start, completion."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, invoke, run
from twelvelabs_batches._cli import command
from twelvelabs_batches._cli.exits import MEANINGS, Exit, exit_of

NAMES = list(command.entries)
PROGRAM = pathlib.Path(sys.executable).with_name("twelvelabs-batches")
PAGE = pathlib.Path(__file__).parent.parent / "docs" / "command-line.md"


def test_help_lists_every_command_and_status() -> None:
    told = invoke(None, "--help").stdout
    for name in NAMES:
        assert f"\n  {name} " in told
    for status in Exit:
        assert f"\n  {int(status)} " in told
    assert set(MEANINGS) == set(Exit)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_helps_and_is_listed_with_its_first_line(name: str) -> None:
    done = invoke(None, name, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: twelvelabs-batches {name} ")
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "--api-key" not in done.stdout or name == "emulator"


@pytest.mark.parametrize("name", ["create", "check", "list", "show", "wait", "results", "cancel", "delete"])
def test_every_command_that_reaches_the_platform_says_how(name: str) -> None:
    told = invoke(None, name, "--help").stdout
    for flag in ("--base-url URL", "--request-timeout SECONDS", "--max-retries N", "--debug"):
        assert flag in told


def test_a_mistyped_command_is_guessed() -> None:
    done = invoke(None, "lst")
    assert done.exit_code == 2
    assert "there is no command 'lst'; did you mean 'list'?" in done.stderr
    assert "did you mean" not in invoke(None, "zzzzzz").stderr


@pytest.mark.parametrize(
    ("arguments", "banned"),
    [
        (["--help"], {"rich", "pandas", "polars", "pyarrow", "csv", "twelvelabs_batches._cli.emulator"}),
        (["--version"], {"rich", "pandas", "polars", "pyarrow", "csv"}),
        (["list", "--help"], {"rich", "pandas", "polars", "pyarrow", "csv"}),
        (["create", "--help"], {"rich", "pandas", "polars", "pyarrow"}),
        (["list"], {"rich", "pandas", "polars", "pyarrow", "csv"}),
        (["results", "6b0000000000000000000001"], {"rich", "pandas", "polars", "pyarrow"}),
    ],
)
def test_only_what_is_needed_is_loaded(platform: tb.Emulator, arguments: list[str], banned: set[str]) -> None:
    script = (
        "import sys\n"
        "from twelvelabs_batches._cli import command\n"
        "try:\n"
        "    command.main(sys.argv[1:], prog_name='twelvelabs-batches')\n"
        "except SystemExit:\n"
        "    print('loaded', *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env=environment(platform),
        check=True,
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded & banned == set()


def test_every_error_has_a_status() -> None:
    for name in tb.errors.__all__:
        kind = getattr(tb, name)
        assert exit_of(kind.__new__(kind)) in set(Exit) - {Exit.FINE, Exit.INTERRUPTED, Exit.BROKEN_PIPE}
    assert exit_of(tb.NotFoundError(None)) is Exit.REFUSED
    assert exit_of(tb.GatewayTimeoutError(None)) is Exit.UNREACHABLE
    assert exit_of(tb.IncompleteResultsError()) is Exit.INCOMPLETE
    assert exit_of(tb.RequestTimeoutError()) is Exit.UNREACHABLE
    assert exit_of(tb.WaitTimeoutError()) is Exit.NOT_READY


def test_a_defect_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, platform: tb.Emulator) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(tb.BatchesClient, "list", fail)
    done = invoke(platform, "list")
    assert done.exit_code == 1
    assert (
        done.stderr
        == "error: unexpected ZeroDivisionError: oh\nhint: --debug shows where; please report it\n"
    )
    assert "Traceback" in invoke(platform, "list", "--debug").stderr


def test_the_page_tells_every_command_and_status() -> None:
    page = PAGE.read_text()
    for name in NAMES:
        assert f"twelvelabs-batches {name}" in page
    for status, meaning in MEANINGS.items():
        told = re.search(rf"^\| {int(status)} \| (.*) \|$", page, re.MULTILINE)
        assert told is not None
        assert re.sub(r"[`\\]", "", told[1]) == meaning.replace("`", "")


def find_shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def complete(shell: str, script: str, home: pathlib.Path) -> str:
    """What a script of a shell says; completion is loaded, and the program is found."""
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [find_shell(shell), "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=home,
        env={**environment(None), "PATH": path, "HOME": str(home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CASES = [("twelvelabs-batches ca", "cancel"), ("twelvelabs-batches show la", "latest")]
CASES += [("twelvelabs-batches list --sta", "--status"), ("twelvelabs-batches completion z", "zsh")]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_bash_completes(line: str, expected: str, tmp_path: pathlib.Path) -> None:
    script = f"""
        eval "$(twelvelabs-batches completion bash)"
        function=$(complete -p twelvelabs-batches | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
        COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE="{line}"
        $function twelvelabs-batches "${{COMP_WORDS[COMP_CWORD]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    assert expected in complete("bash", script, tmp_path).split()


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_fish_completes(line: str, expected: str, tmp_path: pathlib.Path) -> None:
    script = f"twelvelabs-batches completion fish | source; complete --do-complete '{line}'"
    found = [told.split("\t")[0] for told in complete("fish", script, tmp_path).splitlines()]
    assert expected in found


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_zsh_completes_what_is_typed(line: str, expected: str, tmp_path: pathlib.Path) -> None:
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    program = [find_shell("zsh"), "-f", "-i"]
    terminal = Terminal(None, program=program, PATH=path, HOME=str(tmp_path), PS1="> ")
    terminal.type("autoload -U compinit && compinit -u\n")
    terminal.type('eval "$(twelvelabs-batches completion zsh)" && echo it is "ready"\n')
    terminal.read_until("it is ready")
    terminal.type(f"{line}\t")
    terminal.read_until(f"{line[: line.rindex(' ')]} {expected}")
    terminal.type("\x15exit\n")
    assert terminal.finish()[0] == 0


def test_nothing_is_loaded_to_complete_the_name_of_a_command(tmp_path: pathlib.Path) -> None:
    done = run(
        None,
        _TWELVELABS_BATCHES_COMPLETE="bash_complete",
        COMP_WORDS="twelvelabs-batches emu",
        COMP_CWORD="1",
    )
    assert done.stdout == "plain,emulator\n"
    assert run(None, "completion", "tcsh").returncode == 2


def test_it_runs_as_a_program_and_as_a_module() -> None:
    told = [
        subprocess.run([*start, "--version"], capture_output=True, text=True, check=True).stdout
        for start in ([str(PROGRAM)], COMMAND)
    ]
    assert told[0] == told[1] == f"twelvelabs-batches, version {tb.__version__}\n"


def files_of(page: str) -> dict[str, str]:
    """The files that the page shows, and what its examples need besides."""
    shown = dict(re.findall(r"`(films\.\w+)`:\n\n```\w+\n(.*?)```", page, re.DOTALL))
    assert set(shown) == {"films.jsonl", "films.csv"}
    schema = '{"type": "object", "properties": {"mood": {"type": "string"}}, "required": ["mood"]}'
    return {**shown, "prompt.txt": "Sum up this film.\n", "schema.json": schema}


def test_the_examples_of_the_page_run(tmp_path: pathlib.Path) -> None:
    page = PAGE.read_text()
    for name, text in files_of(page).items():
        (tmp_path / name).write_text(text)
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    assert len(blocks) > 6
    quick = {"speed": 5000, "queue_seconds": 1, "item_seconds": (1, 2)}
    slow = {"speed": 60, "queue_seconds": 36000}
    # What is to be canceled must not end before, however slow this machine is.
    with tb.Emulator(**quick) as platform, tb.Emulator(**slow) as slow_platform:  # type: ignore[arg-type]
        for block in blocks:
            follow(block, slow_platform if " cancel " in block else platform, tmp_path)
        assert platform.stats()["batches_created"] > 3
        assert slow_platform.stats()["batches_created"] == 1
    assert (tmp_path / "films.parquet").exists()


def follow(block: str, platform: tb.Emulator, folder: pathlib.Path) -> None:
    """Runs what a page says."""
    lines = [line.removeprefix("$ ") for line in block.splitlines() if "export " not in line]
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", "\n".join(["set -e -o pipefail", *lines])],
        capture_output=True,
        text=True,
        timeout=100,
        cwd=folder,
        env={**environment(platform), "PATH": path},
        check=False,
    )
    assert done.returncode == 0, (block, done.stderr)
