"""Lets `python -m mailbot` do what `mailbot` does."""

from mailbot.cli import main

main()
