"""Beacons: a page tells, by a script of under 1 kB, whether and how fast it loaded for a visitor. Nobody is named.

Neither address, cookie, user agent nor page is sent on or kept; a visit in so many is told of, and none by a browser
that asks not to be tracked.
"""

import math
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

from functions.ingest.exchange import Answer, Refusal, Request, retry_headers
from functions.ingest.telling import Told, plain
from tocsin.platform.tokens import Purpose

SCRIPT_SUFFIX: Final = ".js"
MAX_BODY: Final = 200
MAX_LOAD_MS: Final = 600_000
SCRIPT: Final = """\
(function (w, d, n) {
  var at = d.currentScript.src.split(".js?s="), failed = 0
  if (Math.random() * 100 >= at[1] || n.doNotTrack == 1 || n.globalPrivacyControl || !n.sendBeacon) return
  w.addEventListener("error", function () { failed = 1 })
  function tell() {
    setTimeout(function () {
      var t = performance.getEntriesByType("navigation")[0] || {}
      var ok = failed || t.responseStatus >= 400 ? 0 : 1
      n.sendBeacon(at[0], "ok=" + ok + "&ms=" + Math.round(t.loadEventEnd || 0))
    }, 0)
  }
  if (d.readyState == "complete") tell()
  else w.addEventListener("load", tell)
})(window, document, navigator)
"""
_ANY: Final = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}


class Beacon:
    """POST /b/{key} with `ok=1&ms=840`; GET /b/{key}.js?s={percent} is the script that does it."""

    protocol = "beacon"

    def read(self, request: Request, in_path: str) -> Told | Answer:
        """Understand a visit; the script is answered to whoever asks."""
        if in_path.endswith(SCRIPT_SUFFIX) and request.method in {"GET", "HEAD"}:
            cached = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
            return Answer(HTTPStatus.OK, SCRIPT, "text/javascript; charset=utf-8", cached)
        if request.method != "POST":
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED, "", headers={**_ANY, "Allow": "POST"})
        told = dict(parse_qsl(request.body[:MAX_BODY].decode("ascii", "replace")))
        if told.get("ok") not in {"0", "1"}:
            return plain(HTTPStatus.BAD_REQUEST, "ok must be 0 or 1", _ANY)
        what = {"ok": told["ok"] == "1", "load_ms": _milliseconds(told.get("ms", ""))}
        return Told(Purpose.BEACON, in_path, Answer(HTTPStatus.NO_CONTENT, "", headers=_ANY), what=what)

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say it by the status alone; no page waits for it."""
        match refusal:
            case Refusal.OVER_BUDGET:
                status = HTTPStatus.TOO_MANY_REQUESTS
            case Refusal.UNAVAILABLE:
                status = HTTPStatus.SERVICE_UNAVAILABLE
            case _:
                status, retry_after = HTTPStatus.NOT_FOUND, None
        return Answer(status, "", headers={**_ANY, **retry_headers(retry_after)})


def _milliseconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 < value <= MAX_LOAD_MS else None
