"""The incidents of the demo's last week, and what is open: told one by one. All of it is made up."""

from datetime import timedelta
from typing import Final

from tocsin.domain.demo import ON_CALL, Plot


def _m(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def _ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


PLOTS: Final = (
    Plot(
        "search-latency", "Search", "Search p99 above 2 s in eu-central-1", "error", "search-7f9c", _ago(6, 3, 12),
        (_m(2.4), ON_CALL), (_m(31), None), events=9,
        notes=((_m(9), ON_CALL, "One shard is merging segments. Throttled the reindex job, latency is coming down."),),
    ),
    Plot(
        "backup-missing", "Certificates and backups", "Nightly backup of billing did not finish", "warning", "cron-2",
        _ago(5, 9, 40), (_m(22), "Jonas"), (_m(75), "Jonas"),
        notes=((_m(70), "Jonas", "The snapshot had run out of its quota. Raised it, ran the job by hand."),),
    ),
    Plot(
        "checkout-500", "Checkout", "5xx rate of checkout is 8.2 %", "critical", "edge-lb", _ago(4, 16, 5),
        (_m(1.6), ON_CALL), (_m(24), ON_CALL), events=14,
        notes=(
            (_m(4), ON_CALL, "Began with the last deploy. Rolling back."),
            (_m(11), "Priya", "Rolled back in all regions, error rate is at 0.3 %."),
            (_m(23), ON_CALL, "Cause: a missing index on orders.coupon_id. Follow-up is in the tracker."),
        ),
    ),
    Plot(
        "disk-db-1", "Primary database", "Disk of db-1 is 91 % full", "error", "db-1", _ago(3, 22, 31),
        (_m(8.2), "Priya"), (_m(48), "Priya"), events=4, bounces=(ON_CALL,),
        notes=((_m(12), "Priya", "Old WAL was kept by a replication slot that nobody reads. Dropped the slot."),),
    ),
    Plot("queue-depth", "Payments API", "Refunds wait 14 min in the queue", "error", "refund-worker", _ago(3, 4, 2),
         (_m(3.1), ON_CALL), (_m(19), None), events=6, slow=(ON_CALL,)),
    Plot("replica-lag", "Primary database", "Replica db-2 is 45 s behind", "warning", "db-2", _ago(2, 11, 18),
         None, (_m(3.7), None), events=3),
    Plot(
        "psp-timeouts", "Payments API", "Card payments time out at the provider", "critical", "payments-api-3",
        _ago(1, 19, 50), (_m(11.5), "Maya"), (_m(92), "Maya"), events=23,
        notes=(
            (_m(18), "Maya", "Their status page says nothing yet. Opened a ticket, sent 40 % to the second provider."),
            (_m(51), "Elena", "Provider confirms a failed network change on their side."),
            (_m(90), "Maya", "Back to normal, traffic is where it was."),
        ),
    ),
    Plot("search-oom", "Search", "search-7f9c was killed for want of memory, twice", "error", "search-7f9c",
         _ago(1, 6, 25), (_m(1.2), ON_CALL), (_m(14), ON_CALL), events=2),
    Plot("checkout-slow", "Checkout", "Checkout p95 above 1.5 s", "warning", "edge-lb", _ago(0, 21, 14),
         (_m(5.6), "Jonas"), (_m(33), None), events=7),
    Plot("certificate", "Certificates and backups", "The certificate of staging ends in 9 days", "warning", "cron-1",
         _ago(0, 8, 6)),
    Plot(
        "backup-volume", "Certificates and backups", "The volume of backups is 88 % full", "error", "backup-1",
        _ago(0, 5, 47), (_m(2.9), "Jonas"), events=5,
        notes=((_m(15), "Jonas", "Snapshots of last year go to the archive tonight, which frees a third of it."),),
    ),
    Plot("index-stale", "Search", "The index of products is 40 min old", "warning", "indexer", _ago(0, 3, 21), events=3,
         slow=("Jonas",)),
    Plot("coupons", "Checkout", "Coupons are refused: 240 in 10 min", "error", "checkout-web-2", _ago(0, 2, 25),
         (_m(4.1), ON_CALL), events=6,
         notes=((_m(13), ON_CALL, "One region has none of the new campaign's codes. They are being copied."),)),
    Plot("webhook-errors", "Payments API", "Webhooks to merchants fail: 12 % in 10 min", "error", "webhook-sender",
         _ago(0, 1, 38), (_m(2.2), ON_CALL), events=11,
         notes=((_m(21), ON_CALL, "One merchant's endpoint answers 500 and takes most of the errors. Asked them."),)),
    Plot("payments-failing", "Payments API", "Checkout fails: 1 in 5 payments ends in an error", "critical",
         "payments-api-2", _ago(0, 0, 16), events=8),
)  # fmt: skip
"""Oldest first. Of what is open, nobody has the warnings yet, nor the last, which everybody has been paged for."""
