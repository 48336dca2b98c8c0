"""Structured logs and metrics. Events with keys; never payloads, never secrets."""

import os
from collections.abc import Iterable
from functools import cache

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "Tocsin"
"""Where metrics go unless the environment names another namespace, as it does in a deployment."""


@cache
def logger(service: str) -> Logger:
    """The logger of a function; lines are JSON on stdout."""
    return Logger(service=service, log_uncaught_exceptions=False)


@cache
def metrics(service: str) -> Metrics:
    """The metrics of a function, written as CloudWatch embedded metric format."""
    return Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", NAMESPACE), service=service)


def count(service: str, name: str, value: int = 1) -> None:
    """Count something; nothing is written for zero. Flushed by `flush`."""
    if value:
        metrics(service).add_metric(name=name, unit=MetricUnit.Count, value=value)


def measure(service: str, name: str, seconds: Iterable[float]) -> None:
    """Take down durations, in milliseconds; CloudWatch makes percentiles of them. Flushed by `flush`."""
    for value in seconds:
        metrics(service).add_metric(name=name, unit=MetricUnit.Milliseconds, value=round(value * 1000, 1))


def flush(service: str) -> None:
    """Write the metrics gathered so far, at the end of an invocation."""
    if metrics(service).metric_set:
        metrics(service).flush_metrics()
