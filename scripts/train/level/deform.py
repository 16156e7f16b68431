# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Where each pixel of a crop comes from: turned, scaled, bent at the sacrum, bodies squeezed, tissue wobbled."""

import cv2
import numpy as np

from .preprocessing import PIXEL_MM

# Beyond what patients show: a network that goes by the slope of L5 or S1 calls a steep L5 sacrum.
LARGEST_TURN_DEGREES = 32
TURN_SPREAD_DEGREES = 15
LARGEST_BEND_DEGREES = 20
SCALES = (0.8, 1.25)
ASPECT_SPREAD = 0.05
SQUEEZED_HEIGHTS = (0.4, 0.85)
WEDGE_PER_MM = 0.008  # change of that height along the depth of a body
BEND_REACH_MM = 70.0


def smooth_field(rng, shape, points):
    """Normal noise on a coarse grid of points x points, interpolated."""
    coarse = rng.standard_normal((points, points)).astype(np.float32)
    return cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)


def affine(rng, shape, center):
    """Source rows and columns (mm) of a turned and scaled crop around a center (row, column)."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    scale = np.exp(rng.uniform(*np.log(SCALES))) * PIXEL_MM
    aspect = np.exp(rng.normal(0, ASPECT_SPREAD))
    y, x = (rows - shape[0] / 2) * scale * aspect, (columns - shape[1] / 2) * scale / aspect
    if rng.random() < 0.15:
        x = -x  # the front on the right: the program should still see the spine
    angle = np.deg2rad(np.clip(rng.normal(0, TURN_SPREAD_DEGREES), -LARGEST_TURN_DEGREES, LARGEST_TURN_DEGREES))
    return center[0] + np.cos(angle) * y - np.sin(angle) * x, center[1] + np.sin(angle) * y + np.cos(angle) * x


def bend_below(rng, y, x, pivot):
    """Turns what lies below a pivot (the disc L5/S1) about it, growing with the distance: another lumbosacral angle."""
    share = np.clip((y - pivot[0] + 8) / BEND_REACH_MM, 0, 1) * np.exp(-(((x - pivot[1]) / (2 * BEND_REACH_MM)) ** 2))
    angle = np.deg2rad(rng.uniform(-LARGEST_BEND_DEGREES, LARGEST_BEND_DEGREES)) * share
    dy, dx = y - pivot[0], x - pivot[1]
    return pivot[0] + np.cos(angle) * dy - np.sin(angle) * dx, pivot[1] + np.sin(angle) * dy + np.cos(angle) * dx


def squeeze(rng, y, x, bodies, index, height=None):
    """A body loses height along the spine (perhaps as a wedge); the rest of the spine moves up to it."""
    row, column, tall = bodies[index]
    above, below = bodies[min(index + 1, len(bodies) - 1)], bodies[max(index - 1, 0)]
    axis = np.array([below[0] - above[0], below[1] - above[1]])
    axis /= np.linalg.norm(axis)
    along = (y - row) * axis[0] + (x - column) * axis[1]
    across = (x - column) * axis[0] - (y - row) * axis[1]
    left = height or rng.uniform(*SQUEEZED_HEIGHTS)
    left = np.clip(left + rng.normal(0, WEDGE_PER_MM) * np.clip(across, -25, 25), 0.35, 1.0)
    limit = tall / 2 * (1 - left)
    move = np.clip(along * (1 / left - 1), -limit, limit)
    return y + move * axis[0], x + move * axis[1]


def wobble(rng, y, x, amplitude_mm, points):
    return y + amplitude_mm * smooth_field(rng, y.shape, points), x + amplitude_mm * smooth_field(rng, y.shape, points)


def coordinates(rng, shape, center, bodies):
    """Source rows and columns of a random crop as float32. bodies: (row, column, height) from L5 up."""
    y, x = affine(rng, shape, center)
    if rng.random() < 0.6:
        lowest = bodies[0]
        y, x = bend_below(rng, y, x, (lowest[0] + 0.6 * lowest[2], lowest[1] + 0.2 * lowest[2]))
    if rng.random() < 0.35:
        for index in rng.choice(len(bodies), size=min(rng.integers(1, 3), len(bodies)), replace=False):
            y, x = squeeze(rng, y, x, bodies, index)
    if rng.random() < 0.5:
        y, x = wobble(rng, y, x, rng.uniform(0, 3.0), 5)
    return y.astype(np.float32), x.astype(np.float32)
