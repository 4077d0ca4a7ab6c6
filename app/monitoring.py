"""What `GET /metrics` shows, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from app.build import Build
from app.queue import QueueDepth


class Metrics:
    """The service's figures, in a registry of their own, and which build it is.

    Attributes:
        webhooks: deliveries by event and by what became of them.
        passes: passes over keys, by kind of key and outcome.
        pass_seconds: how long a pass took, by kind of key.
        requests: requests to GitHub by method and status; status 0 is no answer.
    """

    def __init__(self, build: Build) -> None:
        self._registry = CollectorRegistry()
        shown = Info("closeout_build", "Which build this is.", registry=self._registry)
        shown.info({"version": build.version, "commit": build.commit})
        self.webhooks = Counter(
            "closeout_webhooks", "Webhook deliveries.", ["event", "answer"], registry=self._registry
        )
        self.passes = Counter("closeout_passes", "Passes over keys.", ["kind", "outcome"], registry=self._registry)
        self.pass_seconds = Histogram(
            "closeout_pass_seconds", "How long a pass over a key took.", ["kind"], registry=self._registry
        )
        self.requests = Counter(
            "closeout_github_requests", "Requests to GitHub.", ["method", "status"], registry=self._registry
        )
        self._keys = Gauge("closeout_queue_keys", "Keys in the queue, by state.", ["state"], registry=self._registry)

    def count_request(self, method: str, status: int) -> None:
        """Count a request to GitHub."""
        self.requests.labels(method, status).inc()

    def scrape(self, depth: QueueDepth) -> bytes:
        """All figures in Prometheus' text format."""
        for state, number in (("due", depth.due), ("waiting", depth.waiting), ("parked", depth.parked)):
            self._keys.labels(state).set(number)
        return generate_latest(self._registry)
