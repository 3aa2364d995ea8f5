"""The tables of tasks, identity records, flags and requests that came another way."""
