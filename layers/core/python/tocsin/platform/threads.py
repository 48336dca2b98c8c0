"""Threads for what blocks (name look-ups, AWS calls) beside an event loop, kept from one invocation to the next.

A loop's own pool is made and joined at every invocation, and one stuck look-up would hold up its end.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

MOST: Final = 64
"""Beyond what a batch needs, since a look-up that was given up keeps its thread until the resolver gives up too."""


async def run[**P, R](call: Callable[P, R], *arguments: P.args, **more: P.kwargs) -> R:
    """Call in a thread; whoever is cancelled meanwhile leaves it behind."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), lambda: call(*arguments, **more))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST, thread_name_prefix="blocking")
