"""The tables of legal holds and the log of purges."""
