# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Cross-sections of the paraspinal muscles at L3, as smooth outlines."""

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.spatial import cKDTree

# x from the midline and depth q from the posterior wall of the vertebral body, mm, of one side.
MULTIFIDUS = (
    (5.2, 28.0), (9.0, 25.0), (14.5, 22.8), (19.5, 20.8), (23.5, 23.5), (25.0, 31.0),
    (24.8, 39.0), (22.6, 46.0), (17.0, 50.2), (10.5, 51.2), (6.0, 49.5), (4.2, 44.0), (4.3, 35.0),
)  # fmt: skip
ERECTOR_SPINAE = (
    (25.0, 20.5), (29.5, 16.0), (38.0, 14.2), (48.0, 15.0), (58.0, 17.8), (66.5, 22.0),
    (71.0, 27.5), (70.2, 33.5), (63.5, 40.0), (53.0, 45.5), (41.0, 49.6), (31.0, 51.4),
    (25.0, 50.6), (24.9, 46.0), (26.7, 39.0), (26.9, 30.0),
)  # fmt: skip

SEPTUM_X_MM = 25.5  # between the two, in the template
LATERAL_X_MM = 71.0
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
