"""What a run used, as a table: a line for each function and queue."""

from bench.counts import Counts


def lines(used: Counts, pages: int) -> list[str]:
    """The table, for so many events paged."""
    said = [f"  {'function':<10}{'calls':>7}{'msgs':>7}{'cpu ms':>8}{'wall ms':>9}{'stmts':>7}{'trips':>7}{'log B':>7}"]
    for name, found in used.functions.items():
        if calls := found.invocations:
            said.append(
                f"  {name:<10}{calls:>7}{found.messages:>7}{found.cpu_ns / calls / 1e6:>8.2f}"
                f"{found.wall_ns / calls / 1e6:>9.2f}{found.statements / calls:>7.1f}{found.round_trips / calls:>7.1f}"
                f"{found.log_bytes / calls:>7.0f}" + (f"  {found.failures} failed" if found.failures else "")
            )
    total = used.functions.values()
    said.append(
        f"  for each of {pages} events: {sum(f.cpu_ns for f in total) / pages / 1e6:.2f} ms CPU in handlers, "
        f"{sum(f.statements for f in total) / pages:.1f} statements, "
        f"{sum(f.round_trips for f in total) / pages:.1f} round trips, "
        f"{sum(f.log_bytes for f in total) / pages:.0f} B of logs"
    )
    for name, found in used.queues.items():
        if found.messages:
            troubles = f", {found.redelivered} again, {found.dead} dead" if found.redelivered or found.dead else ""
            said.append(
                f"  queue {name}: {found.messages} messages, {found.bytes} B in {found.send_requests} sends, "
                f"{found.receive_requests} receives, {found.delete_requests} deletes{troubles}"
            )
    said.append(
        f"  {used.api_requests} API requests, {used.secret_requests} secrets read, {used.kms_requests} KMS calls, "
        f"{used.s3_gets} S3 reads, {used.s3_puts} S3 writes"
    )
    return said
