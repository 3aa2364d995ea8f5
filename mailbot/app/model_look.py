"""Looks at the model that judges the mails of a board, and changes nothing."""

from classifiers.learned.weights import FOLDER, ModelMissing, load
from mailbot.adapters.database import connect
from mailbot.adapters.model_in_use import installed, model_of_board
from mailbot.app.parts import models_folder
from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import ModelRefused
from mailbot.settings import Settings

REPAIR_SHIPPED = "install mailbot again"
REPAIR_INSTALLED = (
    "put the folder back from a backup, or train the model again with this version, or return to "
    "the one before with `mailbot learn back`"
)


def look_at_model(settings: Settings, profile: BoardProfile) -> str:
    """
    Load the model that judges a board's mails, as the robot does when it starts.

    Returns:
        Whether it is the shipped one or one that an officer installed, and its version.

    Raises:
        ModelRefused: it is gone, was changed or is of another make; the text says what to do.
    """
    engine = connect(settings.database.url)
    try:
        model = model_of_board(engine, profile.code)
    finally:
        engine.dispose()
    try:
        if model is None:
            return f"shipped, {load(FOLDER).settings.version}"
        folder = installed(models_folder(settings), profile.code, model)
        return f"installed, {load(folder).settings.version} ({folder.name})"
    except (ModelMissing, ModelRefused) as error:
        repair = REPAIR_SHIPPED if model is None else REPAIR_INSTALLED
        raise ModelRefused(f"{error}; {repair}") from error
