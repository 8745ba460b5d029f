"""Everything that is counted about a running bot, in one registry. Loaded only where somebody asks (HEALTH_PORT).

Labels come from tables of the program, so their number is bounded, and none of them names a person, a chat or a key.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

ANSWER_BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
DATABASE_BUCKETS_S = (0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)


class Instruments:
    """Counters and histograms are fed while things happen; gauges are set just before somebody looks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.updates_waiting = self._gauge("updates_waiting", "Updates kept and not handled to their end")
        self.updates_oldest = self._gauge("updates_oldest_seconds", "Since when the oldest of them waits")
        self.worker_queue = self._gauge("worker_queue", "Calls that no worker has begun", "lane")
        self.outbox_waiting = self._gauge("outbox_waiting", "Messages whose time has come")
        self.outbox_oldest = self._gauge("outbox_oldest_seconds", "Since when the oldest of them waits")
        self.gaps = self._gauge(
            "gaps", "Channels with a time of the last day for which nothing came", "reason"
        )
        self.pages_late = self._gauge("pages_late_seconds", "Since when a followed public page is due")
        self.units = self._gauge("network_units", "What a network allows a key a day", "network")
        self.units_left = self._gauge("network_units_left", "What of it is left", "network")
        self.lease_holder = self._gauge("lease_holder", "1: this process sends")
        self.database_up = self._gauge("database_up", "1: the database answered at this look")
        self._answers = Histogram(
            "otklik_answer_seconds",
            "From the beginning of an answer to its end",
            ("command", "outcome"),
            buckets=ANSWER_BUCKETS_S,
            registry=self.registry,
        )
        self._database = Histogram(
            "otklik_database_seconds",
            "A statement, a whole write transaction (write), the wait for a turn to write (turn)",
            ("operation",),
            buckets=DATABASE_BUCKETS_S,
            registry=self.registry,
        )
        self._deaths = self._counter(
            "worker_deaths", "Workers that ended: out of time, in a call, idle", "reason"
        )
        self._sends = self._counter(
            "sends", "What became of messages that nobody asked for", "kind", "outcome"
        )
        self._calls = self._counter("telegram_calls", "Calls of the Bot API", "method", "outcome")
        self._readings = self._counter("readings", "Readings written", "source")

    def answered(self, command: str, outcome: str, seconds: float) -> None:
        self._answers.labels(command, outcome).observe(seconds)

    def sent(self, kind: str, outcome: str) -> None:
        self._sends.labels(kind, outcome).inc()

    def called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()

    def worker_died(self, reason: str) -> None:
        self._deaths.labels(reason).inc()

    def database_took(self, operation: str, seconds: float) -> None:
        self._database.labels(operation).observe(seconds)

    def readings_came(self, source: str, count: int) -> None:
        self._readings.labels(source).inc(count)

    def shown(self) -> bytes:
        """Returns all figures as Prometheus reads them."""
        return generate_latest(self.registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"otklik_{name}", words, labels, registry=self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"otklik_{name}", words, labels, registry=self.registry)
