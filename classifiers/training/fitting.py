"""Fits the few numbers the classifier learns: logistic regressions, all labels at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

Matrix = NDArray[np.float64]

_ROUNDS = 60


def _sigmoid(z: Matrix) -> Matrix:
    positive: Matrix = 0.5 * (1 + np.tanh(0.5 * z))
    return positive


def fit_labels(
    rows: Any,
    wanted: Matrix,
    weights: Matrix,
    strictness: float,
    rounds: int = _ROUNDS,
) -> tuple[Matrix, Matrix]:
    """
    Fit one logistic regression for each label, in one go.

    Args:
        rows: one row of features for each sentence, dense or sparse.
        wanted: for each sentence and label, 1 where it is one and 0 where not.
        weights: how much each sentence counts for each label; 0 where nobody knows.
        strictness: how strongly large weights are punished.
        rounds: steps of L-BFGS; fixed, so that each run gives the same.

    Returns:
        The weights (features by labels) and the offsets.
    """
    size, labels = rows.shape[1], wanted.shape[1]
    turned = rows.T.tocsr() if hasattr(rows, "tocsr") else rows.T

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        inner = flat[: size * labels].reshape(size, labels)
        offsets = flat[size * labels :]
        z = np.asarray(rows @ inner) + offsets
        # log(1 + e^z) without overflowing.
        soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
        value = float((weights * (soft - wanted * z)).sum() + strictness * (inner**2).sum() / 2)
        pull = weights * (_sigmoid(z) - wanted)
        slope = np.asarray(turned @ pull) + strictness * inner
        return value, np.concatenate([slope.ravel(), pull.sum(axis=0)])

    start = np.zeros(size * labels + labels)
    start[size * labels :] = -3.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return found.x[: size * labels].reshape(size, labels), found.x[size * labels :]


def fit_choice(
    rows: Matrix,
    chosen: NDArray[np.int64],
    strictness: float = 0.3,
) -> tuple[Matrix, Matrix]:
    """
    Fit which of the labels is the primary one, with weights that all labels share.

    Args:
        rows: for each mail and label, its features.
        chosen: the primary label of each mail.
        strictness: how strongly large weights are punished.

    Returns:
        The weights of the features, and one offset for each label.
    """
    mails, _, size = rows.shape
    at = np.arange(mails)

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        inner, offsets = flat[:size], flat[size:]
        z = rows @ inner + offsets
        z -= z.max(axis=1, keepdims=True)
        total = np.log(np.exp(z).sum(axis=1))
        value = float((total - z[at, chosen]).sum())
        value += strictness * float((inner**2).sum() + 0.3 * (offsets**2).sum())
        pull = np.exp(z - total[:, None])
        pull[at, chosen] -= 1
        slope = np.einsum("ml,mlf->f", pull, rows) + 2 * strictness * inner
        return value, np.concatenate([slope, pull.sum(axis=0) + 0.6 * strictness * offsets])

    found = minimize(loss, np.zeros(size + rows.shape[1]), jac=True, method="L-BFGS-B")
    return found.x[:size], found.x[size:]
