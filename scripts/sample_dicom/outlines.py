# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Cross-sections of the paraspinal muscles at L3, as smooth outlines."""

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.spatial import cKDTree

# x from the midline and depth q from the posterior wall of the vertebral body, mm, of one side.
MULTIFIDUS = (
    (1.8, 25.0), (5.0, 21.0), (11.0, 20.0), (16.5, 19.0), (21.0, 19.0), (23.8, 23.0), (25.0, 31.0),
    (24.8, 39.0), (23.0, 46.5), (17.5, 50.6), (10.5, 51.6), (5.0, 50.6), (2.3, 46.0), (1.8, 35.0),
)  # fmt: skip
ERECTOR_SPINAE = (
    (24.4, 18.5), (29.0, 15.3), (37.0, 14.2), (46.0, 15.2), (55.5, 18.2), (64.0, 22.4),
    (68.6, 27.5), (67.8, 33.2), (61.5, 39.4), (51.5, 44.8), (40.5, 48.9), (31.0, 50.9),
    (24.7, 50.8), (24.0, 46.4), (25.9, 39.0), (26.0, 31.0), (24.9, 23.5),
)  # fmt: skip

SEPTUM_X_MM = 25.0  # between the two, in the template
LATERAL_X_MM = 68.6
FRONT_Q_MM = 17.0
BACK_Q_MM = 51.5

_STEP_MM = 0.25
_REACH_MM = (110.0, 90.0)  # of the table: x, q
_SAMPLES = 400


def _spline(points):
    points = np.array(points + points[:1], float)
    steps = np.hypot(*np.diff(points, axis=0).T) ** 0.5
    curve = CubicSpline(np.concatenate([[0], np.cumsum(steps)]), points, bc_type="periodic")
    return curve(np.linspace(0, curve.x[-1], _SAMPLES, endpoint=False))


def _inside(polygon, x, q):
    """Even-odd rule."""
    result = np.zeros(x.shape, bool)
    for (x0, q0), (x1, q1) in zip(polygon, np.roll(polygon, -1, axis=0)):
        if q0 != q1:
            result ^= ((q0 > q) != (q1 > q)) & (x < (x1 - x0) * (q - q0) / (q1 - q0) + x0)
    return result


class Outline:
    """Signed distance to a closed curve, mm, positive inside; tabulated and interpolated."""

    def __init__(self, points):
        polygon = _spline(points)
        x, q = np.meshgrid(*(np.arange(0, reach, _STEP_MM) for reach in _REACH_MM), indexing="ij")
        distance, _ = cKDTree(polygon).query(np.stack([x.ravel(), q.ravel()], axis=1))
        sign = np.where(_inside(polygon, x, q), 1.0, -1.0)
        self._table = distance.reshape(x.shape) * sign

    def distance_at(self, x_mm, q_mm):
        column = np.clip(x_mm / _STEP_MM, 0, self._table.shape[0] - 1.001)
        row = np.clip(q_mm / _STEP_MM, 0, self._table.shape[1] - 1.001)
        i, j = column.astype(int), row.astype(int)
        di, dj = column - i, row - j
        t = self._table
        near = t[i, j] * (1 - dj) + t[i, j + 1] * dj
        return near * (1 - di) + (t[i + 1, j] * (1 - dj) + t[i + 1, j + 1] * dj) * di
