"""Puts the house together; the only place that knows everything."""

from mailbot.adapters.database import upgrade
from mailbot.app.board import BoardHouse
from mailbot.app.house import House, build
from mailbot.app.model_look import look_at_model
from mailbot.app.office import web
from mailbot.app.parts import (
    Clock,
    alarms,
    judge,
    look_at_mailbox,
    models_folder,
    post_office,
    reader,
    wall_clock,
)
from mailbot.app.people import desk, door, figures, parked, passages, proof_of, retention
from mailbot.app.restored import Restored, restored
from mailbot.app.schooling import LearningRoom, learning

__all__ = [
    "BoardHouse",
    "Clock",
    "House",
    "LearningRoom",
    "Restored",
    "alarms",
    "build",
    "desk",
    "door",
    "figures",
    "judge",
    "learning",
    "look_at_mailbox",
    "look_at_model",
    "models_folder",
    "parked",
    "passages",
    "post_office",
    "proof_of",
    "reader",
    "restored",
    "retention",
    "upgrade",
    "wall_clock",
    "web",
]
