"""Asking another function, and waiting for its answer."""

from urllib.parse import quote

from tocsin.platform import aws


class Client(aws.Client):
    """Lambda, as far as it is used, in this process's region or another; one try, since callers come again anyway."""

    def __init__(self, region: str | None = None) -> None:
        super().__init__(aws.LAMBDA, connect_seconds=2, read_seconds=12, tries=1, region=region)

    def invoke(self, function: str, payload: bytes, *, alias: str | None = None) -> tuple[bool, bytes]:
        """Invoke and wait: whether the function itself went well, and what it answered."""
        path = f"/2015-03-31/functions/{quote(function, safe='')}/invocations"
        if alias is not None:
            path += f"?Qualifier={quote(alias, safe='')}"
        answer = self.send("Invoke", "POST", path, {"Content-Type": "application/json"}, payload)
        return "X-Amz-Function-Error" not in answer.headers, answer.data
