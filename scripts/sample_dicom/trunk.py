# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Skin, subcutaneous fat, abdominal wall and what lies in front of the spine."""

import numpy as np

from .canvas import capsule, ellipse
from .muscles import back_depth

_HALF_WIDTH_MM = 168.0
_HALF_DEPTH_MM = 108.0


def paint_trunk(canvas, patient, spine, texture):
    level = spine.level_at(canvas.z)
    fat_mm = patient.subcutaneous_mm * np.interp(level, (-1, 1, 3, 5, 6.5, 8), (0.7, 0.8, 1, 1.35, 1.3, 1.0))
    back = spine.wall_at(canvas.z) + back_depth(level)
    wave = 0.4 * texture.coarse.at(canvas.x * 0.3, canvas.y * 0.0, canvas.z * 0.25)
    skin_y = back + fat_mm + wave - 2.5 * np.exp(-((canvas.x / 14) ** 2))
    half_depth = _HALF_DEPTH_MM + fat_mm / 2
    from_back = canvas.y - skin_y + half_depth
    trunk = ellipse(canvas.x, from_back, _HALF_WIDTH_MM + fat_mm, half_depth, power=2.5)
    canvas.paint(trunk > 0, "skin")
    canvas.paint(trunk > 1.8, "fat")
    canvas.paint((np.abs(trunk - 0.55 * fat_mm + 2.0 * wave) < 0.35) & (canvas.y > back - 30), "septum", gain=0.7)
    # Wall of the abdomen: flat muscles from the flank to the lateral border of erector spinae.
    wall = trunk - fat_mm - 3
    depth = canvas.y - spine.wall_at(canvas.z)
    thickness = 17 * np.clip((46 - depth) / 28, 0, 1) * np.clip((np.abs(canvas.x) - 74) / 22, 0, 1)
    layer = (wall > 0) & (wall < thickness)
    canvas.paint(layer, "muscle")
    canvas.paint(layer & (np.abs(np.mod(wall, 5.6) - 2.8) > 2.4), "septum")
    _paint_viscera(canvas, spine, texture, wall > 20, level)


def _paint_viscera(canvas, spine, texture, inside, level):
    x, z = canvas.x, canvas.z
    q = canvas.y - spine.wall_at(z)
    loops = texture.sheet.at(x * 0.35, canvas.y * 0.35, z * 0.7)
    bowel = inside & (q < -62 - 8 * np.cos(x / 25))
    canvas.paint(bowel & (loops > -0.15), "bowel")
    canvas.paint(bowel & (loops > 1.1), "gas")
    for side, top in ((-1, 14.0), (1, 20.0)):
        kidney = ellipse(side * x - 76, q + 24, 27, 23, 35)
        kidney = kidney - np.maximum(0, np.abs(z - top - 12) - 34) * 1.2
        sinus = np.minimum(ellipse(side * x - 66, q + 30, 15, 6, 35), 16 - np.abs(z - top - 12))
        canvas.paint(kidney > 0, "kidney", gain=1.0 - 0.012 * np.clip(kidney, 0, 10)[kidney > 0])
        canvas.paint(inside & (sinus > 0), "fat")
    colon = ellipse(x + 103, q + 40, 14, 17)
    canvas.paint(inside & (colon > 0), "bowel", gain=0.7)
    canvas.paint(inside & (colon > 5), "gas", gain=3.0)
    descending = ellipse(x - 108, q + 34, 11, 12)
    canvas.paint(inside & (descending > 0), "bowel", gain=0.6)
    _paint_vessels(canvas, x, q, level)


def _paint_vessels(canvas, x, q, level):
    """Aorta left and vena cava right of the midline down to L4, then the iliac vessels."""
    split = np.clip(level - 4.3, 0, 3)
    front = -48 - 7 * np.clip(2.0 - level, 0, 3)
    for side, start, half_x, half_y in ((1, 5.0, 8.6, 8.4), (-1, -16.0, 9.5, 7.0)):
        center = np.where(split > 0, side * (7.0 + 15 * split), start)
        shrink = np.clip(split * 4, 0, 1)
        vessel = ellipse(x - center, q - front - 9 * split, half_x - 2.2 * shrink, half_y - 1.5 * shrink)
        canvas.paint(vessel > -0.9, "fascia")
        canvas.paint(vessel > 0, "vessel")
    for index, (x0, q0) in enumerate(((-4.0, -62.0), (12.0, -66.0), (27.0, -38.0), (-30.0, -41.0))):
        small = 2.0 - np.hypot(x - x0 - 2 * np.sin(level * 2 + index), q - q0)
        canvas.paint((small > 0) & (level < 4.6), "vessel", gain=2.0)
    lumbar = capsule(np.abs(x), q, (23, -30), (27, -6), 0.9)
    canvas.paint((lumbar > 0) & (np.abs(np.mod(level, 1) - 0.5) > 0.42), "vessel", gain=2.0)
