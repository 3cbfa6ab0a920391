"""Forks: what a child inherits stays its parent's, be it a stream, a client, a call or an emulator."""

import os
import threading

import pytest

import twelvelabs_batches as tb
from servers import Part, ScriptedServer, answer
from test_fork import PATIENCE, finish, run, start
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

WHAT_A_CHILD_DOES = {
    "drops it": "del stream; gc.collect(); ask(2)",
    "keeps it": "ask(2)",
    "closes it": "stream.close(); ask(2)",
    "leaves a block": "with stream: pass\n    ask(2)",
    "reads it": """
    try:
        next(stream)
    except tb.StreamClosedError:
        ask(2)
    """,
    "closes the client": """
    ask(2)
    client.close()
    """,
    "drops the client": """
    global client
    ask(2)
    del client
    gc.collect()
    """,
    "opens another": """
    assert len(list(client.results(ids[0]))) == 2
    ask(1)
    """,
}


@pytest.mark.parametrize("ending", ["sys.exit(0)", "os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
@pytest.mark.parametrize("name", WHAT_A_CHILD_DOES)
def test_a_stream_goes_on_in_the_parent_whatever_the_child_does(
    server: ScriptedServer, name: str, ending: str
) -> None:
    gate = threading.Event()
    body = lines(*[row(number) for number in range(50)])
    half: list[Part] = [head(f"content-length: {len(body)}"), body[:300], gate, body[300:]]
    more: list[Part | list[Part]] = [answer(200, lines(row(1), row(2)))] if "another" in name else []
    server.plays(half, *more, answer(200, BATCH))
    script = f"""
stream = client.results(ids[0])
first = next(stream)
child = os.fork()
def work():
    global stream
    {WHAT_A_CHILD_DOES[name]}
if not child:
    try:
        work()
    except BaseException:
        traceback.print_exc()
    {ending}
os.waitpid(child, 0)
print("child is gone", flush=True)
rest = list(stream)
assert [entry.custom_id for entry in [first, *rest]] == ["v-%d" % number for number in range(50)]
ask(1)
"""
    program = start(server, script, BATCH_ID)
    assert program.stdout is not None
    told = program.stdout.readline()
    gate.set()
    finish(program)
    assert told == "child is gone\n"
    assert len([request for request in server.received if request.target.endswith("/results")]) == 1 + len(
        more
    )


def test_a_client_closed_in_a_child_leaves_the_parents_alone(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    script = """
        ask(1)
        def close():
            client.close()
            try:
                ask(1)
            except tb.ClientClosedError:
                pass
            else:
                raise AssertionError
        def leave():
            with client:
                pass
        wait_for([fork(close), fork(leave)])
        ask(3)
        """
    run(server, script, BATCH_ID)
    assert len(server.received) == 4


def test_a_parents_connection_outlives_its_children(server: ScriptedServer) -> None:
    """Otherwise what is under way in the parent would break when a child ends."""
    server.plays(answer(200, BATCH))
    script = """
        ask(1)
        wait_for([fork(client.close), fork(ask, 1), fork(lambda: None)])
        print("children are gone", flush=True)
        ask(1)
        sys.stdin.read()
        """
    program = start(server, script, BATCH_ID)
    assert program.stdout is not None
    assert program.stdout.readline() == "children are gone\n"
    assert server.gone.acquire(timeout=30), "the child's"
    finish(program)
    assert server.gone.acquire(timeout=30), "the parent's"
    assert not server.gone.acquire(blocking=False), "there were two in all"


def test_a_closed_client_is_closed_in_a_child_too(server: ScriptedServer) -> None:
    script = """
        client.close()
        def use():
            try:
                ask(1)
            except tb.ClientClosedError:
                return
            raise AssertionError
        wait_for([fork(use)])
        """
    run(server, script, BATCH_ID)
    assert server.received == []


def test_a_call_under_way_in_the_parent_ends_there(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.plays([gate, answer(200, BATCH)], [answer(200, BATCH)])
    script = """
        waiting = threading.Thread(target=ask, args=(1,))
        waiting.start()
        print("begun", flush=True)
        sys.stdin.readline()
        child = os.fork()
        if not child:
            ask(2)
            os._exit(0)
        wait_for([child])
        print("child is gone", flush=True)
        waiting.join()
        """
    program = start(server, script, BATCH_ID)
    assert program.stdin is not None
    assert program.stdout is not None
    assert server.arrived.acquire(timeout=PATIENCE)
    program.stdin.write("\n")
    program.stdin.flush()
    assert [program.stdout.readline() for _ in range(2)] == ["begun\n", "child is gone\n"]
    gate.set()
    finish(program)
    assert len(server.received) == 3


@pytest.mark.parametrize("work", ["pass", "del platform; gc.collect()", "platform.close()"])
def test_an_emulator_stays_the_parents(platform: tb.Emulator, work: str) -> None:
    script = f"""
        platform = tb.Emulator(speed=0)
        with tb.BatchesClient(platform.api_key, base_url=platform.base_url) as own:
            assert list(own.list()) == []

            def use():
                global platform
                assert list(own.list()) == []
                {work}
            wait_for([fork(use)])
            assert list(own.list()) == []
        platform.close()
        """
    run(platform, script)
