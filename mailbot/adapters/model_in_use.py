"""The model a board's robot judges by: its folder, the hash of its bytes, and which one is in use."""

import hashlib
import shutil
from pathlib import Path

from sqlalchemy import Engine, inspect, select

from mailbot.adapters.database import reading
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import board as boards
from mailbot.adapters.schema_models import model_act
from mailbot.domain.errors import ModelRefused

_SHOWN = 16
_FILES = frozenset({".json", ".npz"})
"""A model is numbers and settings; notes beside them are not part of it."""


def model_hash(folder: Path) -> str:
    """
    Hash every file of a model, names included.

    Raises:
        ModelRefused: there is no model in this folder.
    """
    whole = hashlib.sha256()
    files = sorted(path for path in folder.glob("*") if path.suffix in _FILES and path.is_file())
    if not files:
        raise ModelRefused(f"{folder}: there is no model in this folder")
    for path in files:
        whole.update(path.name.encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def model_folder(models: Path, board: str, model: str) -> Path:
    """Say where an installed model lies."""
    return models / board / model[:_SHOWN]


def installed(models: Path, board: str, model: str) -> Path:
    """
    Return the folder of an installed model, after looking at every byte of it.

    Raises:
        ModelRefused: it is not there, or is not the one that an officer installed.
    """
    folder = model_folder(models, board, model)
    if model_hash(folder) != model:
        raise ModelRefused(f"{folder}: this is not the model that was installed; it was changed")
    return folder


def copy_in(source: Path, models: Path, board: str) -> str:
    """
    Copy a model to where the robot finds it; return its hash.

    It appears there whole or not at all: it is copied beside its place and then renamed.

    Raises:
        ModelRefused: there is no model in the folder, or it changed while it was copied.
    """
    model = model_hash(source)
    place = model_folder(models, board, model)
    if place.is_dir() and model_hash(place) == model:
        return model
    beside = place.with_name(f"{place.name}.new")
    for old in (beside, place):
        shutil.rmtree(old, ignore_errors=True)
    beside.mkdir(parents=True)
    for path in source.glob("*"):
        if path.suffix in _FILES and path.is_file():
            shutil.copy2(path, beside / path.name)
    if model_hash(beside) != model:
        raise ModelRefused(f"{source}: it changed while it was copied; try again")
    beside.rename(place)
    return model


def model_in_use(shelf: Shelf) -> str | None:
    """Return the hash of the model an officer installed last; None for the shipped classifier."""
    query = (
        select(model_act.c.model)
        .where(model_act.c.board_id == shelf.board_id)
        .order_by(model_act.c.id.desc())
        .limit(1)
    )
    return shelf.connection.execute(query).scalar()


def model_of_board(engine: Engine, code: str) -> str | None:
    """
    Say the same of a board by its code, without writing anything.

    On a database that is empty or older nobody installed a model yet.
    """
    with reading(engine).begin() as connection:
        if not inspect(connection).has_table(model_act.name):
            return None
        query = (
            select(model_act.c.model)
            .join(boards, boards.c.id == model_act.c.board_id)
            .where(boards.c.code == code)
            .order_by(model_act.c.id.desc())
            .limit(1)
        )
        return connection.execute(query).scalar()
