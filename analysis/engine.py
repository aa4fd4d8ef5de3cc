"""Where partitions are worked on: in this process, or by the workers of a Dask scheduler.

Dask's documentation tells how to start a cluster: https://docs.dask.org/en/stable/deploying.html
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from analysis.errors import SchedulerError, WorkerLostError

if TYPE_CHECKING:
    from distributed import Client, Future

# Items on their way at once, a worker: enough that none waits, few enough for the driver's memory.
_WAITING = 2
_SECONDS_TO_CONNECT = 30
# A worker that ends is started anew, which takes time on a busy machine: Dask itself would give it up after a
# quarter of a minute.
_SECONDS_TO_RETURN = 600
_SECONDS_A_LOOK = 5
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), 1)


class Engine(Protocol):
    """Runs one function over many partitions.

    A function is one of a module, or a partial of one: it may have to travel. Items and results are plain
    values of a bounded size.
    """

    workers: int

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Apply a function to each item.

        Yields:
            One result an item, in the items' order.

        Raises:
            WorkerLostError: The workers ended, again and again, over the same item.
        """
        ...

    def attempt(
        self, function: Callable[[Any], Any], items: Iterable[Any]
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Apply a function to each item, and go on where workers are lost over one.

        Yields:
            Each item with its result, or with the error; in the items' order.
        """
        ...


class LocalEngine:
    """One process: this one. Items are taken one at a time, so that no more than one is held."""

    workers = 1

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Apply a function to each item when its result is asked for."""
        return map(function, items)

    def attempt(
        self, function: Callable[[Any], Any], items: Iterable[Any]
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Apply a function to each item; memory that runs out is a worker that was lost."""
        for item in items:
            try:
                result: Any = function(item)
            except MemoryError:
                result = WorkerLostError("There is not enough memory.")
            yield item, result


class DaskEngine:
    """The workers of a Dask scheduler, by way of its client."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def workers(self) -> int:
        """How many workers the scheduler has now; one where they have not come yet."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    @property
    def dashboard(self) -> str:
        """The address of Dask's dashboard; empty where it has none."""
        return self.client.dashboard_link or ""

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Apply a function to each item, some of them at the same time."""
        for _, result in self.attempt(function, items):
            if isinstance(result, WorkerLostError):
                raise result
            yield result

    def attempt(
        self, function: Callable[[Any], Any], items: Iterable[Any]
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Apply a function to each item, some of them at the same time; go on where workers are lost."""
        waiting, rest = [], iter(items)
        try:
            while True:
                for item in itertools.islice(rest, max(0, _WAITING * self.workers - len(waiting))):
                    waiting.append((item, self.client.submit(function, item, pure=False)))
                if not waiting:
                    return
                item, future = waiting.pop(0)
                result = self._take(future)
                if isinstance(result, WorkerLostError):
                    # Dask suspects all that a worker had when it ended: only alone is an item proven guilty.
                    for _, other in waiting:
                        self._settle(other)
                    result = self._take(self.client.submit(function, item, pure=False))
                yield item, result
        finally:
            self.client.cancel([future for _, future in waiting])

    def _take(self, future: Future) -> Any:
        """What came of an item: its result, or that the worker was lost over it."""
        from distributed import KilledWorker

        try:
            self._settle(future)
            return future.result()
        except KilledWorker:
            return WorkerLostError("The worker ended, which happens where there is not enough memory.")
        except MemoryError:
            return WorkerLostError("The worker had not enough memory.")
        finally:
            future.release()

    def _settle(self, future: Future) -> None:
        """Wait until an item is done or failed, for as long as there is a worker that may work on it.

        Raises:
            SchedulerError: All workers are gone and do not come back.
        """
        left = _SECONDS_TO_RETURN
        while left > 0:
            with contextlib.suppress(TimeoutError):
                future.exception(timeout=_SECONDS_A_LOOK)
            if future.done():
                return
            alone = not self.client.scheduler_info(n_workers=-1)["workers"]
            left = left - _SECONDS_A_LOOK if alone else _SECONDS_TO_RETURN
        raise SchedulerError(
            f"The scheduler has had no worker for {_SECONDS_TO_RETURN} seconds.",
            where=self.client.scheduler.address,
            allowed="A scheduler with at least one worker.",
            todo="Start workers with `dask worker ADDRESS` and run again: what was finished is kept.",
        )


@contextlib.contextmanager
def open_engine(
    *, workers: int = 1, scheduler: str = "", tell: Callable[[str], None] = lambda _: None
) -> Iterator[Engine]:
    """Open the engine that is asked for, and close it at the end of the block.

    Args:
        workers: How many processes of this machine; one is this process alone.
        scheduler: Address of a Dask scheduler of yours, such as tcp://127.0.0.1:8786. Its workers need
            Framelines, and the same folders under the same names.
        tell: Called with where the dashboard is.

    Raises:
        SchedulerError: There is no scheduler at the address, or it has no worker.
    """
    if not scheduler and workers <= 1:
        yield LocalEngine()
        return
    import dask
    from distributed import Client, LocalCluster

    with contextlib.ExitStack() as opened:
        settings = {
            "distributed.scheduler.allowed-failures": 0,
            "distributed.deploy.lost-worker-timeout": _SECONDS_TO_RETURN,
            # It looks at a worker's stack a hundred times a second, for charts that nobody asks for.
            "distributed.worker.profile.enabled": False,
            # It keeps the last thousand messages, with the texts that travelled in them.
            "distributed.admin.low-level-log-length": 1,
            # Dask has its workers give each freed array back to the system, and take it again for the next.
            "distributed.nanny.pre-spawn-environ": _ONE_THREAD,
        }
        opened.enter_context(dask.config.set(settings))
        if scheduler:
            client = opened.enter_context(_connect(scheduler))
        else:
            cluster = opened.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    silence_logs=50,
                )
            )
            client = opened.enter_context(Client(cluster, set_as_default=False))
        engine = DaskEngine(client)
        tell(
            f"{engine.workers} workers at {client.scheduler.address}; dashboard: {engine.dashboard or 'none'}"
        )
        yield engine


def _connect(address: str) -> Client:
    from distributed import Client

    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise SchedulerError(
            f"No Dask scheduler with a worker answers: {error}.",
            where=address,
            allowed="An address such as tcp://127.0.0.1:8786.",
            todo="Start it with `dask scheduler` and `dask worker ADDRESS`; see https://docs.dask.org/en/stable/deploying.html",
        ) from None
    return client
