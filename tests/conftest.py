"""Load the fixtures every test may ask for by name."""

pytest_plugins = ["tests.servers.fixtures", "tests.houses"]
