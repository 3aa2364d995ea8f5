"""The breach register at work: read it, fill it, take it out (reglement 6.4.2)."""

from mailbot.work.register.keeping import BreachRegister
from mailbot.work.register.versions import Values, add_version

__all__ = ["BreachRegister", "Values", "add_version"]
