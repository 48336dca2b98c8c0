"""A pytest plugin: the second try that `pytest-rerunfailures` gives to what failed (`--reruns 1`) begins anew.

By itself that plugin makes fixtures of a module anew only where they failed; the first try may have left half of what
it did in the others. Fixtures of the session stay.
"""

import pytest
import pytest_rerunfailures


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take down what the first try has set up, whose ends were held back for the tests that follow."""
    if getattr(item, "execution_count", 1) > 1:
        state, held_back = item.session._setupstate, pytest_rerunfailures.suspended_finalizers
        state.stack.update(held_back)
        held_back.clear()
        state.teardown_exact(item.session)  # pyright: ignore[reportArgumentType] - any node will do
