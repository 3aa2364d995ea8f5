"""The tables of the breach register."""
