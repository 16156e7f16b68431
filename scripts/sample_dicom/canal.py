# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The spinal canal: epidural fat, dural sac, cord and nerve roots, and the ligaments round it."""

import numpy as np

from .canvas import ellipse
from .muscles import back_depth

_ROOTS = 16
_CONUS_LEVEL = 1.45  # tip of the cord: lower half of L1
_SAC_END_LEVEL = 7.1  # S2


def paint_ligaments(canvas, spine):
    """Interspinous tissue, supraspinous ligament and those along the bodies; bones cover them."""
    x, q = np.abs(canvas.x), canvas.y - spine.wall_at(canvas.z)
    level = spine.level_at(canvas.z)
    back = back_depth(level)
    canvas.paint((level < 7) & (x < 2.6) & (q > 20) & (q < back + 0.5), "septum", gain=0.75)
    canvas.paint((level < 6) & (x < 2.2) & (np.abs(q - back - 0.5) < 1.6), "ligament")
    for vertebra in spine.vertebrae:
        a, h = vertebra.to_local(canvas.y, canvas.z)
        front = np.abs(a + vertebra.depth_mm / 2 * np.sqrt(np.clip(1 - (canvas.x / 24) ** 2, 0, 1)) - 0.3) < 0.8
        canvas.paint(front & (np.abs(h) < vertebra.height_mm * 0.75) & (x < 15), "ligament")


def paint_canal(canvas, spine):
    level = spine.level_at(canvas.z)
    v = (canvas.y - spine.wall_at(canvas.z)) * spine.wall_cosine_at(canvas.z)
    x = canvas.x
    sacral = np.clip(level - 5.2, 0, 2)
    half_width = 11.5 - 1.5 * sacral
    center = 9.0 - 2.4 * sacral
    half_depth = 8.4 - 2.3 * sacral
    canal = ellipse(x, v - center, half_width, half_depth) - 0.10 * np.maximum(np.abs(x) - 4, 0)
    canvas.paint((canal > -2.2) & (v > center) & (level < 5.6), "ligament", gain=1.4)
    canvas.paint(canal > 0, "fat")
    canvas.paint((np.abs(v + 0.1) < 0.7) & (np.abs(x) < 8) & (level < 6.5), "ligament")

    taper = np.clip((_SAC_END_LEVEL - level) / 1.8, 0, 1)
    sac = ellipse(x, v - 1.8 - 6.0 * taper, 9.2 * taper + 0.01, 6.0 * taper + 0.01, power=2.2)
    canvas.paint(sac > 0, "ligament")
    canvas.paint(sac > 0.45, "fluid")
    _paint_roots(canvas, x, v, level, sac)
    width = np.clip((_CONUS_LEVEL - level) / 0.9, 0, 1) ** 0.7
    canvas.paint(ellipse(x, v - 8.6, 4.7 * width + 0.01, 3.7 * width + 0.01) > 0, "cord")


def _paint_roots(canvas, x, v, level, sac):
    """Two fans of roots that lie at the back of the sac and leave it one by one."""
    inside = sac > 0.9
    for index in range(_ROOTS):
        exit_level = 2.2 + 0.65 * (index // 2)
        side = 1 if index % 2 else -1
        lateral = 7.6 - 0.82 * (index // 2) + 0.45 * np.sin(1.7 * index + 1.3 * level)
        back = 10.6 - 0.030 * lateral**2 + 0.9 * np.sin(2.3 * index + 0.9 * level)
        leaving = np.clip((level - exit_level + 0.8) / 0.8, 0, 1)
        root = 0.72 - np.hypot(x - side * (lateral + 2.5 * leaving), v - back + 3.0 * leaving)
        canvas.paint(inside & (root > 0) & (level < exit_level) & (level > 0.6), "root")
