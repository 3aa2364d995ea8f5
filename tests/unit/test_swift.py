"""The encoder in eight bits: near the numpy one, the same whatever came before, on one thread."""

import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from classifiers.learned.encoder import batch_of, first_rows
from classifiers.learned.foundation import Floats, Foundation, Layer, foundation
from classifiers.learned.graph import in_eight_bits
from classifiers.learned.swift import (
    PlainEncoder,
    SwiftEncoder,
    encoder_of,
    sums_are_cut_off,
)
from classifiers.learned.tuning import tuned_layers
from classifiers.learned.weights import load

SHORT = "query: Graag een kopie van het dossier van mijn zoon"
LONG = " ".join(
    [
        "query: Beste juf, gisteren lag het dossier van Noor open op de balie, en iedereen las mee.",
        "Telefonum bozuktu, oğlumun fotoğraflarını siteden silin lütfen.",
        "أريد نسخة من ملف ابنتي، مع الشكر.",
    ]
    * 4
)


@pytest.fixture(scope="module")
def base() -> Foundation:
    return foundation()


@pytest.fixture(scope="module")
def layers(base: Foundation) -> list[Layer]:
    return tuned_layers(base, load().tunings[0])


@pytest.fixture(scope="module")
def encoder(base: Foundation, layers: list[Layer]) -> SwiftEncoder:
    return SwiftEncoder(base, layers)


def rows(base: Foundation, text: str) -> Floats:
    return first_rows(base, batch_of([[base.begin, *base.pieces(text), base.end]]))[0]


def in_numpy(base: Foundation, layers: list[Layer], text: Floats) -> Floats:
    return PlainEncoder(base, layers)(text)


def likeness(one: Floats, other: Floats) -> Floats:
    sizes = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / sizes, np.float32)


@pytest.mark.parametrize("text", ["query:", SHORT, LONG])
def test_eight_bits_say_what_thirty_two_do(
    base: Foundation, layers: list[Layer], encoder: SwiftEncoder, text: str
) -> None:
    """Learning runs the layers in numpy; at use every piece must mean the same."""
    read = rows(base, text)
    alike = likeness(encoder(read), in_numpy(base, layers, read))
    assert alike.min() > 0.98
    assert alike.mean() > 0.995


def test_any_number_of_layers_runs(base: Foundation, layers: list[Layer]) -> None:
    """How many layers are run is settled by learning, not here."""
    read = rows(base, SHORT)
    for number in (1, 3):
        some = layers[:number]
        alike = likeness(SwiftEncoder(base, some)(read), in_numpy(base, some, read))
        assert alike.min() > 0.98


def test_a_processor_that_cuts_off_sums_reads_in_numpy(
    base: Foundation, layers: list[Layer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slower is better than otherwise: what was measured must hold on every machine."""
    assert isinstance(
        encoder_of(base, layers), PlainEncoder if sums_are_cut_off() else SwiftEncoder
    )
    for cut_off, made in ((True, PlainEncoder), (False, SwiftEncoder)):
        monkeypatch.setattr("classifiers.learned.swift.sums_are_cut_off", lambda cut=cut_off: cut)
        assert isinstance(encoder_of(base, layers[:1]), made)


def test_no_mail_colours_the_next(base: Foundation, encoder: SwiftEncoder) -> None:
    """What the machine said of a mail can be worked out again, alone or after a thousand others."""
    short, long = rows(base, SHORT), rows(base, LONG)
    first = encoder(short)
    encoder(long)
    assert np.array_equal(first, encoder(short))


def test_one_thread_does_the_work(base: Foundation, encoder: SwiftEncoder) -> None:
    """Any number of robots share a machine; one that takes every core starves the others."""
    before = len(list(Path("/proc/self/task").iterdir()))
    wall, work = time.perf_counter(), time.process_time()
    for _ in range(5):
        encoder(rows(base, LONG))
    wall, work = time.perf_counter() - wall, time.process_time() - work
    assert before == len(list(Path("/proc/self/task").iterdir()))
    assert work < 1.2 * wall


def test_the_runtime_reports_to_nobody() -> None:
    """Some of its versions tell their maker what they run; ours have no words for it."""
    binary = find_spec("onnxruntime.capi.onnxruntime_pybind11_state")
    assert binary is not None
    assert binary.origin is not None
    assert b"ORT_DISABLE_TELEMETRY" not in Path(binary.origin).read_bytes()


def test_each_column_has_a_scale_of_its_own() -> None:
    """One loud column would leave the quiet ones no bits."""
    matrix = np.array([[1000, 0.1, 0], [-500, -0.05, 0]], np.float32)
    whole, scale = in_eight_bits(matrix)
    assert whole.tolist() == [[127, 127, 0], [-64, -64, 0]]
    assert whole * scale == pytest.approx(matrix, rel=0.02)
