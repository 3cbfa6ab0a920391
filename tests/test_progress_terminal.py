"""The bar in a terminal: what is seen there, by whoever looks."""

import pathlib
import re
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

from terminals import Terminal, show

WAIT = "print(client.wait(create(client), on_update=advance, **QUICK).status)"


def bars(written: str) -> list[str]:
    """Every state of bars that was drawn, without colours."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", written)
    return [line for line in re.split(r"[\r\n]|\x1b\[\d*[AJK]", plain) if re.search(r"\d/\d", line)]


def test_the_bar_moves_and_its_last_state_stays() -> None:
    lines, written = show(WAIT)
    states = bars(written)
    assert len(states) > 2
    assert re.match(r"pending +━+  0/5  0:00$", states[0])
    assert any(re.match(r"processing +━+  [1-4]/5 ", state) for state in states)
    assert re.match(r"completed +━{40}  5/5  \d:\d\d  \S+/min$", lines[0])
    assert lines[1:] == ["completed", ""]


SOME_FAIL = """
platform.close()
platform = tb.Emulator(speed=0, failure_rate=0.5, seed=2)
client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
"""


def test_parts_are_told_apart_by_colours() -> None:
    lines, written = show(SOME_FAIL + WAIT)
    ready, failed = re.findall(r"(\d) (?:ready|failed)", lines[0])
    assert int(ready) + int(failed) == 5
    for color, glyphs in (("32", 8 * int(ready)), ("31", 8 * int(failed))):
        assert re.search(rf"\x1b\[{color}m━{{{glyphs}}}\x1b", written), written


@pytest.mark.parametrize(
    ("settings", "bar"),
    [
        ({"NO_COLOR": "1"}, r"█+x+"),
        ({"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}, r"#+x+"),
    ],
    ids=["colors", "blocks"],
)
def test_parts_are_told_apart_without(settings: dict[str, str], bar: str) -> None:
    lines, written = show(SOME_FAIL + WAIT, **settings)
    assert re.match(rf"completed +{bar}  5/5  \d ready  \d failed  \d:", lines[0]), lines
    if "NO_COLOR" in settings:
        assert not re.search(r"\x1b\[[\d;]*3[0-7]m", written)


@pytest.mark.parametrize("columns", [5, 12, 20, 30, 40, 60, 80, 200])
def test_no_terminal_is_too_narrow(columns: int) -> None:
    lines, written = show(SOME_FAIL + WAIT, columns=columns)
    assert lines[0].startswith("complete"[: columns - 4]), lines
    assert max(map(len, bars(written)), default=0) <= columns - 3
    assert lines[-2:] in (["completed", ""], ["eted", ""])
    assert ("━" in lines[0]) == (columns >= 30), lines


def test_the_time_goes_on_between_two_looks() -> None:
    terminal = Terminal("client.wait(create(client), progress=True, poll_interval=60)")
    terminal.read_until("0:02")
    terminal.type(b"\x03")
    assert terminal.finish() != 0


def test_interrupting_says_that_the_batch_goes_on() -> None:
    script = """
        batch_id = create(client)
        print(batch_id)
        try:
            client.wait(batch_id, progress=True, poll_interval=60)
        except KeyboardInterrupt:
            print(client.retrieve(batch_id).status)
    """
    terminal = Terminal(script, columns=140)
    terminal.read_until("0/5")
    terminal.type(b"\x03")
    assert terminal.finish() == 0
    batch_id, bar, farewell, status, _ = terminal.seen()
    assert re.match(r"pending +━+  0/5  0:\d\d$", bar)
    again = f'client.wait("{batch_id}")'
    assert farewell == f"Stopped waiting; batch {batch_id} goes on. To wait again: {again}"
    assert status == "pending"


def test_the_bar_comes_again_where_waiting_goes_on() -> None:
    script = """
        import asyncio

        async def main():
            again = tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url)
            seen = asyncio.Event()
            items = again.as_completed(
                create(client), poll_interval=0.01, progress=True, on_update=lambda batch: seen.set()
            )
            waiting = asyncio.ensure_future(anext(items))
            await seen.wait()
            waiting.cancel()
            await asyncio.wait([waiting])
            platform.advance(hours=1)
            print(len([item async for item in items]))

        asyncio.run(main())
    """
    lines, _ = show(script, columns=140)
    before, farewell, after, *rest = lines
    assert re.match(r"pending +━+  0/5  0:\d\d$", before)
    assert farewell.startswith("Stopped waiting; ")
    assert re.match(r"completed +━+  5/5  ", after)
    assert rest == ["5", ""]


def test_rows_are_printed_above_the_bar() -> None:
    lines, _ = show("""
        logging_to = __import__("logging")
        logging_to.basicConfig(level="INFO", format="%(message)s")
        for row in client.as_completed(create(client), on_update=advance, **QUICK):
            print("row", row.custom_id)
            logging_to.info("told of %s", row.custom_id)
            sys.stderr.write("half ")
            print("and half")
    """)
    expected = [
        line for number in range(5) for line in (f"row v-{number}", f"told of v-{number}", "half and half")
    ]
    assert sorted(lines[:-2]) == sorted(expected)
    assert lines[-2].startswith("completed ")


def test_whatever_stands_before_a_stream_prints_above_the_bar_too() -> None:
    lines, _ = show("""
        class Wrapper:
            def __init__(self, stream): self.stream = stream
            def __getattr__(self, name): return getattr(self.stream, name)
            def write(self, text): return self.stream.write(text.upper())
        sys.stdout = Wrapper(sys.stdout)
        for row in client.as_completed(create(client), on_update=advance, **QUICK):
            print("row", row.custom_id)
    """)
    assert sorted(lines[:-2]) == [f"ROW V-{number}" for number in range(5)]
    assert lines[-2].startswith("completed ")


def test_a_line_that_was_begun_is_not_drawn_over() -> None:
    lines, _ = show("""
        for row in client.as_completed(create(client), on_update=advance, **QUICK):
            print(".", end="", flush=True)
    """)
    assert lines[0] == "....."
    assert lines[1].startswith("completed ")
    assert lines[2:] == [""]


def test_what_is_printed_to_a_file_stays_there(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "out.txt"
    lines, _ = show(
        """
        for row in client.as_completed(create(client), on_update=advance, **QUICK):
            print(row.custom_id, "x" * 300, "[bold]")
        """,
        stdout=out,
    )
    assert sorted(out.read_text().splitlines()) == [f"v-{n} {'x' * 300} [bold]" for n in range(5)]
    assert len(lines) == 2
    assert lines[0].startswith("completed ")


def test_streams_are_as_before_and_no_thread_is_left() -> None:
    lines, _ = show("""
        import threading
        before = dict(vars(sys.stdout)), dict(vars(sys.stderr)), threading.active_count()
        during = []
        client.wait(create(client), on_update=lambda batch: (advance(batch), during.append(threading.active_count())), **QUICK)
        print(max(during) - before[2])
        rows = client.as_completed(create(client), on_update=advance, **QUICK)
        next(rows)
        del rows
        print(before == (vars(sys.stdout), vars(sys.stderr), threading.active_count()))
    """)
    assert lines[1] == "1"
    assert lines[-2] == "True"


def test_several_batches_have_a_line_each() -> None:
    lines, written = show("""
        import asyncio
        async def main():
            async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
                async def wait(batch_id):
                    print((await client.wait(batch_id, on_update=advance, **QUICK)).batch_id)
                await asyncio.gather(*map(wait, ids))
        ids = [create(client, 3), create(client, 30)]
        asyncio.run(main())
    """)
    short, long, *rest = sorted(lines[:-1], key=lambda line: (len(line) == 24, "30/30" in line))
    assert re.match(r"…[0-9a-f]{6}  completed +━+  3/3  ", short)
    assert re.match(r"…[0-9a-f]{6}  completed +━+  30/30  ", long)
    assert {line[-6:] for line in rest} == {short[1:7], long[1:7]}
    assert "\x1b[1A" in written


def test_a_look_that_failed_is_told_until_the_next() -> None:
    lines, written = show(
        """
        platform.inject(on="retrieve", status=503, times=3, skip=1, message="a\\x1b[2Jb" + "c" * 200)
        client = tb.BatchesClient(platform.api_key, base_url=platform.base_url, max_retries=0)
        client.wait(create(client), poll_interval=0.1, progress=True, on_update=advance)
    """.replace("client = tb", "waiting = tb", 1)
        .replace("client.wait(", "waiting.wait(")
        .replace(
            "on_update=advance",
            "on_update=lambda batch: batch.ready_items and advance(batch) or platform.advance(seconds=30)",
        )
    )
    assert any("trying again: a" in state for state in bars(written)), written
    assert "\x1b[2J" not in written
    assert "trying again" not in lines[0]


def test_the_key_is_not_shown_though_the_platform_tells_it() -> None:
    _, written = show(
        """
        platform.close()
        platform = tb.Emulator(speed=0, api_key="tlk_very_secret")
        client = tb.BatchesClient(platform.api_key, base_url=platform.base_url, max_retries=0)
        platform.inject(on="retrieve", status=503, times=2, skip=1, message=platform.api_key)
        client.wait(create(client), on_update=lambda _: platform.advance(hours=1), **QUICK)
    """,
        columns=200,
    )
    assert "trying again" in written
    assert "secret" not in written


@pytest.mark.parametrize("way", ["exit", "fork", "terminal", "stream"])
def test_odd_ends(way: str) -> None:
    scripts = {
        # The stream is open when the interpreter ends.
        "exit": """
            rows = client.as_completed(create(client), on_update=advance, **QUICK)
            print(next(rows).custom_id)
        """,
        # The child writes as if there were no bar, and does not draw.
        "fork": """
            import os
            def fork(batch):
                child = os.fork()
                if not child:
                    print("child", vars(sys.stdout), flush=True)
                    os._exit(0)
                assert os.waitpid(child, 0)[1] == 0
                advance(batch)
            client.wait(create(client), on_update=fork, **QUICK)
        """,
        # Standard error is closed while it is drawn on.
        "terminal": """
            import os
            def close(batch):
                os.dup2(os.open(os.devnull, os.O_RDONLY), 2)
                advance(batch)
            print(client.wait(create(client), on_update=close, **QUICK).status)
        """,
        "stream": """
            def close(batch):
                sys.stderr.close()
                advance(batch)
            print(client.wait(create(client), on_update=close, **QUICK).status)
            sys.stderr = None
        """,
    }
    lines, _ = show(scripts[way])
    if way == "exit":
        assert re.match(r"v-\d$", lines[0])
        assert re.match(r"processing +━+  \d/5", lines[1])
        assert lines[2:] == [""]
    elif way == "fork":
        assert "child {'mode': 'w'}" in "\n".join(lines)
        assert lines[-2].startswith("completed ")
    else:
        # What was drawn last can no longer be left.
        assert lines[-2].endswith("completed")


def test_a_prompt_is_not_drawn_over() -> None:
    terminal = Terminal("""
        import readline
        from twelvelabs_batches._progress import screen

        answers = []
        ask = screen.is_edited

        def is_edited(stream):
            answers.append(ask(stream))
            if answers.count(True) == 10:
                # Past whatever watches over the stream.
                screen.os.write(2, b"[ten]")
            return answers[-1]

        screen.is_edited = is_edited
        rows = client.as_completed(create(client), on_update=advance, **QUICK)
        print(next(rows).custom_id)
        print("typed", input("> "))
        print(len(list(rows)))
    """)
    terminal.read_until(r"\[ten\]")
    terminal.type(b"yes\r")
    assert terminal.finish() == 0
    # Two seconds have passed meanwhile, and so the bar would have been drawn.
    prompt = terminal.written.partition("> ")[2].partition("typed")[0]
    assert len(bars(prompt)) == 0, terminal.written
    assert "typed yes" in terminal.written
    assert re.search(r"completed .*5/5", re.sub(r"\x1b\[[\d;]*m", "", terminal.written))


def test_ipython_in_a_terminal_is_a_terminal(tmp_path: pathlib.Path) -> None:
    script = """
        import IPython
        code = "client.wait(create(client), on_update=advance, **QUICK).status"
        IPython.start_ipython(["--no-banner", "-c", code], user_ns=globals())
    """
    terminal = Terminal(script, IPYTHONDIR=str(tmp_path))
    assert terminal.finish() == 0
    # It writes more than terminals of tests understand.
    plain = re.sub(r"\x1b\[[\d;]*m", "", terminal.written)
    assert re.search(r"completed +━{40}  5/5  .*\r\n", plain)
    assert "'completed'" in plain
