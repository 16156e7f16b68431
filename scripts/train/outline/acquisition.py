# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What the scanner does to a painted scene: blur, coil sensitivity, saturation bands, field of view, noise."""

import numpy as np
from scipy import ndimage

from .scene import CANVAS, soft_step


def _coil(scene, skin_y):
    """Surface coil at the back: brightness decays forward. Median 1 inside the muscles before the exponent."""
    u = scene.rng.uniform
    field = np.exp(-np.maximum(skin_y - scene.y, 0) / u(0.35, 2.0)) * np.exp(-((scene.x / u(0.5, 2.0)) ** 2) / 2)
    if scene.chance(0.6):
        spot = np.hypot(scene.x - u(-0.3, 0.3), scene.y - skin_y)
        field = field * (1 + u(0, 0.8) * np.exp(-spot / u(0.1, 0.4)))
    muscles = (scene.labels > 0) & (scene.labels < 5)
    field = (field / np.median(field[muscles])) ** u(0.1, 1.1)
    return field * np.exp(u(0, 0.2) * scene.noise(50))


def _saturation(scene, spine):
    u = scene.rng.uniform
    gain = np.ones_like(scene.image)
    if scene.chance(0.7):  # band over the abdomen
        start = spine.center_y - spine.half_depth - u(-0.02, 0.35)
        left = u(0.03, 0.4)
        step = soft_step(scene.y - start + 0.05 * u(-1, 1) * scene.x, u(0.01, 0.08))
        gain = left + (1 - left) * step
    if scene.chance(0.12):  # crossing of another stack, a dark stripe
        gain = gain * (1 - u(0.2, 0.8) * np.exp(-(((scene.y - u(-0.1, 0.3)) / u(0.03, 0.08)) ** 2)))
    return gain


def draw_field_of_view(scene):
    """Row and column range of the image inside the canvas (220-400 mm wide; the muscles lie in its lower half)."""
    u = scene.rng.uniform
    columns, rows = np.nonzero((scene.labels > 0) & (scene.labels < 5))[::-1]
    width = max(u(190, 400), np.ptp(columns) * u(0.97, 1.3))
    height = width * (u(0.7, 1.0) if scene.chance(0.3) else 1.0)
    middle = columns.mean() + scene.rng.normal(0, 6)
    below = max(u(0.06, 0.40) * height, rows.max() - rows.mean() + u(0, 30))
    last = rows.mean() + below
    first_row, last_row = last - height, last
    limits = np.array([first_row, last_row, middle - width / 2, middle + width / 2])
    return np.clip(np.round(limits), 0, CANVAS).astype(np.int16)


def acquire(scene, spine, body, skin_y):
    """The slice as uint16 (0..4095 about), and its field of view (first row, end row, first column, end column)."""
    u = scene.rng.uniform
    rng = scene.rng
    image = np.clip(scene.image, 0, 2)
    image = ndimage.gaussian_filter(image, np.exp(u(np.log(0.3), np.log(1.2))))
    image = image * _coil(scene, skin_y) * _saturation(scene, spine)
    image = image / max(np.percentile(image[body > 0], 97), 1e-3)
    sigma = np.exp(u(np.log(0.004), np.log(0.06)))
    real = image + sigma * rng.standard_normal(image.shape)
    image = np.hypot(real, sigma * rng.standard_normal(image.shape))  # Rician
    if scene.chance(0.3):
        image = ndimage.gaussian_filter(image, u(0.3, 0.7))
    image = np.clip(image * u(0.7, 1.5), 0, 1.6) ** np.exp(rng.normal(0, 0.2))
    first_row, end_row, first_column, end_column = limits = draw_field_of_view(scene)
    inside = np.zeros(image.shape, bool)
    inside[first_row:end_row, first_column:end_column] = True
    return (np.where(inside, image, 0) * 2500).astype(np.uint16), limits
