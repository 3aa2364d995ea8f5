"""Load the fixtures every test may ask for by name."""

from hypothesis import settings

pytest_plugins = ["tests.servers.fixtures", "tests.houses", "tests.desks"]

# The same examples in every run: a failure in the gate must be a failure at the desk.
settings.register_profile("same_every_time", derandomize=True, deadline=None)
settings.load_profile("same_every_time")
