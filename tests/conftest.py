"""Load the fixtures every test may ask for by name."""

import os

from hypothesis import settings

# Tests run side by side; a classifier that takes every core for one mail waits for the others.
# Read when numpy is first loaded, here and in the processes that tests start.
os.environ.setdefault("OMP_NUM_THREADS", "1")

pytest_plugins = ["tests.servers.fixtures", "tests.houses", "tests.desks"]

# The same examples in every run: a failure in the gate must be a failure at the desk.
settings.register_profile("same_every_time", derandomize=True, deadline=None)
settings.load_profile("same_every_time")
