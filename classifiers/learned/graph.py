"""Draws what the runtime is to work out: constants, steps, and matrices in eight bits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from classifiers.learned.foundation import Floats

_OPSET, _FORMAT = 23, 11
_OWN = "com.microsoft"
"""Where the runtime keeps the operations that the standard does not have."""
_MIDDLE = 128
"""What stands for nothing where numbers have two sides."""
_LOWEST = np.float32(0.1701)
"""Nothing that GELU bent lies further below nothing."""


def in_eight_bits(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Round a matrix, each column on a scale of its own."""
    scale = np.abs(matrix).max(axis=0) / np.float32(127)
    scale[scale == 0] = 1
    return np.rint(matrix / scale).astype(np.int8), np.asarray(scale, np.float32)


class Graph:
    """
    A graph over the rows of one text, called `rows`: one by places by features.

    The rows are rounded too, when they come. A few pieces of nearly every text shout ten times as
    loud as the others, so where they do each row has a scale of its own.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._steps: list[Any] = []
        self._constants: list[Any] = []
        self._features, self._flat = self.constant(np.array([-1])), self.constant(np.array([-1]))
        self._upright = self.constant(np.array([1, -1, 1]))
        self._one, self._middle = self.constant(np.float32(1)), self.constant(np.uint8(_MIDDLE))
        many = self.step("Shape", "rows", start=1, end=2)
        self._middles = self.step("Expand", self._middle, many)
        self._bottoms = self.step("Expand", self.constant(np.uint8(0)), many)

    def constant(self, numbers: NDArray[Any] | np.generic) -> str:
        """Keep numbers and return their name."""
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(numbers), name))
        return name

    def steps(self, kind: str, *reads: str, gives: int, **how: Any) -> list[str]:
        """Do a step of the standard that gives several things, and return their names."""
        names = [f"step{len(self._steps)}.{number}" for number in range(gives)]
        self._steps.append(helper.make_node(kind, reads, names, **how))
        return names

    def step(self, kind: str, *reads: str, **how: Any) -> str:
        """Do a step of the standard and return the name of what it gives."""
        return self.steps(kind, *reads, gives=1, **how)[0]

    def own(self, kind: str, *reads: str) -> str:
        """Do a step that only this runtime has."""
        return self.step(kind, *reads, domain=_OWN)

    def times(self, rows: str, matrix: Floats, offset: Floats) -> str:
        """Multiply, all rows on one scale: the quickest, where none shouts."""
        whole, scale = in_eight_bits(matrix)
        numbers = (self.constant(whole), self.constant(scale), "", self.constant(offset))
        return self.own("DynamicQuantizeMatMul", rows, *numbers)

    def times_by_row(self, rows: str, matrix: Floats) -> str:
        """Multiply, each row on a scale of its own."""
        loudest = self.step("ReduceMax", self.step("Abs", rows), self._features, keepdims=0)
        scale = self.step("Mul", loudest, self.constant(np.float32(1 / 127)))
        return self._times(rows, scale, self._middles, in_eight_bits(matrix), self._middle)

    def times_bent(self, rows: str, matrix: Floats, offset: Floats) -> str:
        """Multiply what GELU bent: it has one side only, and all eight bits serve that."""
        raised = self.step("Add", rows, self.constant(_LOWEST))
        loudest = self.step("ReduceMax", raised, self._features, keepdims=0)
        scale = self.step("Mul", loudest, self.constant(np.float32(1 / 255)))
        whole, columns = in_eight_bits(matrix)
        product = self._times(raised, scale, self._bottoms, (whole, columns))
        back = _LOWEST * columns * whole.sum(axis=0, dtype=np.float32)
        return self.step("Add", product, self.constant(offset - back))

    def _times(
        self, rows: str, scale: str, zeros: str, whole: tuple[NDArray[np.int8], Floats], *zero: str
    ) -> str:
        flat = self.step("Reshape", scale, self._flat)
        small = self.step("QuantizeLinear", rows, flat, zeros, axis=1)
        matrix, columns = self.constant(whole[0]), self.constant(whole[1])
        product = self.own("MatMulIntegerToFloat", small, matrix, self._one, columns, *zero)
        return self.step("Mul", product, self.step("Reshape", scale, self._upright))

    def drawn(self, last: str) -> bytes:
        """Return the graph as the runtime reads it; *last* is what it gives."""
        first, end = (
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "places", self._size])
            for name in ("rows", last)
        )
        graph = helper.make_graph(self._steps, "encoder", [first], [end], self._constants)
        sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        model = helper.make_model(graph, opset_imports=sets, ir_version=_FORMAT)
        return bytes(model.SerializeToString())
