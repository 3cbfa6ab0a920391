"""Uses one client of each face hard and long, against a platform in trouble, and judges every answer.

python tools/soak.py                                  # 64 threads and 1,000 tasks for 60 seconds
python tools/soak.py --seconds 600 --faults 0.3
python tools/soak.py --threads 8 --tasks 50 --seconds 5

Prints descriptors, threads and memory before, after and after closing, and how many calls were made,
repeated and given up. Ends with 1 if an answer was wrong, a call failed in another way than the faults
explain, something hung, or something leaked.

The platform is an emulator with faults, in a process of its own: `faulty_platform.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import dataclasses
import gc
import json
import logging
import pathlib
import random
import subprocess
import sys
import threading
import time
import typing

import twelvelabs_batches as tb

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS: dict[str, typing.Any] = {"max_retries": 8, "backoff_factor": 0.01}
DEFAULTS: typing.Any = {"prompt": {"input_text": "Sum up this video."}}

# What the faults explain.
EXCUSED = (tb.TransportError, tb.ServiceUnavailableError, tb.CreateOutcomeUnknownError)

# A call may take as long as its retries; whoever is not back by then hangs.
PATIENCE = 120.0

# Memory that the allocator keeps, and that answers under way take.
SLACK_KB = 48 * 1024


class WrongAnswerError(Exception):
    """An answer that belongs to no question, or to another one."""


def check(is_right: bool, what: str) -> None:
    """Refuses a wrong answer."""
    if not is_right:
        raise WrongAnswerError(what)


class Platform:
    """A platform in a process of its own."""

    def __init__(self, faults: float) -> None:
        command = [sys.executable, str(HERE / "faulty_platform.py"), str(faults)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        facts = json.loads(self.process.stdout.readline())
        self.base_url: str = facts["base_url"]
        self.api_key: str = facts["api_key"]
        self.batches: dict[str, list[str]] = facts["batches"]

    def settings(self) -> dict[str, typing.Any]:
        """How clients reach it."""
        return {"api_key": self.api_key, "base_url": self.base_url, **SETTINGS}

    def stop(self) -> dict[str, typing.Any]:
        """Ends it; tells its books."""
        told, _ = self.process.communicate(timeout=PATIENCE)
        return typing.cast("dict[str, typing.Any]", json.loads(told))


class Retries(logging.Handler):
    """Counts what the package tells of its retries."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: typing.Counter[str] = collections.Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Counts one note."""
        self.counts[getattr(record, "event", "other")] += 1


@dataclasses.dataclass
class Tally:
    """What has come of the calls."""

    calls: typing.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    given_up: typing.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    wrong: list[str] = dataclasses.field(default_factory=list)
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def note(self, verb: str, error: BaseException | None) -> None:
        """Counts one call."""
        with self.lock:
            self.calls[verb] += 1
            if error is None:
                return
            if isinstance(error, EXCUSED):
                self.given_up[type(error).__name__] += 1
            else:
                self.wrong.append(f"{verb}: {error!r}")


def submission() -> list[typing.Any]:
    """Items whose names occur nowhere else."""
    mark = random.getrandbits(64)
    return [
        {"video": {"type": "asset_id", "asset_id": f"{n:024x}"}, "custom_id": f"s-{mark:x}-{n}"}
        for n in range(random.randint(1, 5))
    ]


def check_created(batch: tb.CreateAnalyzeBatchResponse, requests: list[typing.Any]) -> None:
    """Compares an answer to `create` with what was submitted."""
    got = [item.custom_id for item in batch.items]
    check(got == [request["custom_id"] for request in requests], f"create gave {got}")


def check_canceled(state: tb.AnalyzeBatchStatusResponse, batch: tb.CreateAnalyzeBatchResponse) -> None:
    """Compares a canceled batch with the one that was."""
    is_it = state.batch_id == batch.batch_id and state.status in {"canceling", "canceled"}
    check(is_it, f"{batch.batch_id} gave {state!r}")


def check_state(batch: tb.AnalyzeBatchStatusResponse, batch_id: str, names: list[str]) -> None:
    """Compares a batch with the one that was asked for."""
    expected = (batch_id, len(names), "completed")
    check((batch.batch_id, batch.total_items, batch.status) == expected, f"{batch_id} gave {batch!r}")


def check_row(row: tb.BatchResultItem, names: set[str]) -> None:
    """Compares a row with what is still to come."""
    check(row.custom_id in names, f"{row.custom_id} came, where {names} were to come")
    check(row.data is not None and bool(row.data.data), f"{row!r} has no answer")
    names.discard(str(row.custom_id))


def check_listed(listed: list[str]) -> None:
    """A listing has nothing twice."""
    check(len(set(listed)) == len(listed) > 0, f"list gave {listed}")


def blocking_call(client: tb.BatchesClient, verb: str, batch_id: str, names: list[str]) -> None:
    """One call and what is to be said of its answer."""
    if verb == "retrieve":
        check_state(client.retrieve(batch_id), batch_id, names)
    elif verb == "list":
        check_listed([batch.batch_id for batch in client.list(page_limit=20).items])
    elif verb == "create":
        requests = submission()
        batch = client.create(
            model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=DEFAULTS
        )
        check_created(batch, requests)
        check_canceled(client.cancel(batch.batch_id), batch)
    else:
        left = set(names)
        stop = random.randrange(len(names)) if verb == "some results" else -1
        with client.results(batch_id) as results:
            for row in results:
                check_row(row, left)
                if len(left) == stop:
                    return
        check(not left, f"{batch_id} gave no {left}")


async def asyncio_call(client: tb.AsyncBatchesClient, verb: str, batch_id: str, names: list[str]) -> None:
    """One call and what is to be said of its answer."""
    if verb == "retrieve":
        check_state(await client.retrieve(batch_id), batch_id, names)
    elif verb == "list":
        check_listed([batch.batch_id for batch in (await client.list(page_limit=20)).items])
    elif verb == "create":
        requests = submission()
        batch = await client.create(
            model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=DEFAULTS
        )
        check_created(batch, requests)
        check_canceled(await client.cancel(batch.batch_id), batch)
    elif verb == "canceled":
        task = asyncio.ensure_future(client.retrieve(batch_id))
        await asyncio.sleep(random.uniform(0, 0.02))
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            check_state(task.result(), batch_id, names)
    else:
        left = set(names)
        stop = random.randrange(len(names)) if verb == "some results" else -1
        async with client.results(batch_id) as results:
            async for row in results:
                check_row(row, left)
                if len(left) == stop:
                    return
        check(not left, f"{batch_id} gave no {left}")


# A batch whose answer is lost is looked for among all others, which are many here.
VERBS = ["retrieve"] * 60 + ["results"] * 40 + ["some results"] * 10 + ["list"] * 5 + ["create"]


def soak_threads(
    client: tb.BatchesClient, platform: Platform, tally: Tally, count: int, until: float
) -> list[threading.Thread]:
    """Starts threads that call until it is time."""
    batches = list(platform.batches.items())

    def work() -> None:
        while time.monotonic() < until:
            verb = random.choice(VERBS)
            error: BaseException | None = None
            try:
                blocking_call(client, verb, *random.choice(batches))
            except Exception as raised:  # noqa: BLE001 - whatever it is, it is judged
                error = raised
            tally.note(verb, error)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


async def soak_tasks(
    client: tb.AsyncBatchesClient, platform: Platform, tally: Tally, count: int, until: float
) -> None:
    """Runs tasks that call until it is time."""
    batches = list(platform.batches.items())
    verbs = [*VERBS, *["canceled"] * 10]

    async def work() -> None:
        while time.monotonic() < until:
            verb = random.choice(verbs)
            error: BaseException | None = None
            try:
                await asyncio_call(client, verb, *random.choice(batches))
            except Exception as raised:  # noqa: BLE001 - as above
                error = raised
            tally.note(verb, error)

    tasks = [asyncio.create_task(work()) for _ in range(count)]
    if tasks:
        _, hanging = await asyncio.wait(tasks, timeout=until - time.monotonic() + PATIENCE)
        tally.wrong += [f"a task hangs: {task!r}" for task in hanging]
        for task in hanging:
            task.cancel()


@dataclasses.dataclass
class Usage:
    """What this process takes of the system."""

    descriptors: int
    threads: int
    rss_kb: int

    @staticmethod
    def now() -> Usage:
        """As it is."""
        gc.collect()
        status = pathlib.Path("/proc/self/status").read_text()
        numbers = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        return Usage(
            sum(1 for _ in pathlib.Path("/proc/self/fd").iterdir()),
            int(numbers["Threads"]),
            int(numbers["VmRSS"].split()[0]),
        )

    def settles(self) -> Usage:
        """Once connections and idle threads are gone, which takes a few seconds, or are found to stay."""
        deadline = time.monotonic() + PATIENCE / 2
        while time.monotonic() < deadline:
            usage = Usage.now()
            if usage.descriptors <= self.descriptors and usage.threads <= self.threads:
                break
            time.sleep(0.1)
        return Usage.now()


@dataclasses.dataclass
class Report:
    """What a run has shown."""

    usage: dict[str, Usage]
    blocking: Tally
    asyncio: Tally
    retries: typing.Counter[str]
    served: dict[str, typing.Any]
    seconds: float

    def problems(self) -> list[str]:
        """Why the run has failed, if it has."""
        before, middle, after, closed = self.usage.values()
        found = [*self.blocking.wrong, *self.asyncio.wrong]
        if closed.descriptors > before.descriptors:
            found.append(f"{closed.descriptors - before.descriptors} descriptors stay open")
        if closed.threads > before.threads:
            found.append(f"{closed.threads - before.threads} threads stay")
        if after.rss_kb - middle.rss_kb > SLACK_KB:
            found.append(f"memory grew by {(after.rss_kb - middle.rss_kb) // 1024} MB in the second half")
        for name, tally in (("blocking", self.blocking), ("asyncio", self.asyncio)):
            if sum(tally.given_up.values()) * 2 > sum(tally.calls.values()):
                found.append(f"more than half of all {name} calls were given up: {dict(tally.given_up)}")
        return found

    def tell(self) -> None:
        """Prints it."""
        print(f"{'':24}{'descriptors':>12}{'threads':>9}{'RSS MB':>8}")
        for name, usage in self.usage.items():
            print(f"{name:24}{usage.descriptors:>12}{usage.threads:>9}{usage.rss_kb / 1024:>8.1f}")
        print(f"\n{'':24}{'calls':>12}{'per s':>9}{'given up':>10}")
        for name, tally in (("blocking", self.blocking), ("asyncio", self.asyncio)):
            calls, lost = sum(tally.calls.values()), sum(tally.given_up.values())
            print(f"{name:24}{calls:>12}{calls / self.seconds:>9.0f}{lost:>10}  {dict(tally.given_up)}")
        print(f"\nthe package told of {dict(self.retries)}")
        requests = sum(self.served["requests"].values())
        print(f"the platform met {self.served['faults_met']} faults in {requests} requests")
        problems = self.problems()
        print(f"\n{len(problems)} problems")
        for problem in problems[:20]:
            print("-", problem)


def soak(*, threads: int, tasks: int, seconds: float, faults: float = 0.15) -> Report:
    """Makes a run."""
    counter = Retries()
    logger = logging.getLogger("twelvelabs_batches")
    level = logger.level
    logger.addHandler(counter)
    logger.setLevel(logging.INFO)
    platform = Platform(faults)
    try:
        report = measure(platform, threads, tasks, seconds, counter)
    finally:
        logger.removeHandler(counter)
        logger.setLevel(level)
        served = platform.stop()
    return dataclasses.replace(report, served=served)


def measure(platform: Platform, threads: int, tasks: int, seconds: float, counter: Retries) -> Report:
    """Calls, and looks at what that takes."""
    with tb.BatchesClient(**platform.settings()) as first:
        first.retrieve(next(iter(platform.batches)))
    usage = {"before": Usage.now()}
    blocking, awaited = Tally(), Tally()
    client = tb.BatchesClient(**platform.settings())
    async_client = tb.AsyncBatchesClient(**platform.settings())

    async def main() -> None:
        until = time.monotonic() + seconds
        started = soak_threads(client, platform, blocking, threads, until)

        async def look() -> None:
            await asyncio.sleep(seconds / 2)
            usage["in the middle"] = Usage.now()
            await asyncio.sleep(seconds / 2 - 0.2)
            usage["at the end"] = Usage.now()

        looking = asyncio.create_task(look())
        await soak_tasks(async_client, platform, awaited, tasks, until)
        await looking
        deadline = time.monotonic() + PATIENCE
        await asyncio.gather(
            *(asyncio.to_thread(thread.join, deadline - time.monotonic()) for thread in started)
        )
        blocking.wrong += ["a thread hangs" for thread in started if thread.is_alive()]
        await async_client.aclose()

    asyncio.run(main())
    client.close()
    usage["after closing"] = usage["before"].settles()
    return Report(usage, blocking, awaited, counter.counts, {}, seconds)


def main() -> int:
    """Runs it from the shell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--faults", type=float, default=0.15, help="share of requests with a fault")
    given = parser.parse_args()
    report = soak(**vars(given))
    report.tell()
    return 1 if report.problems() else 0


if __name__ == "__main__":
    sys.exit(main())
