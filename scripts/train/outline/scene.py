# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The canvas that a synthetic slice is painted on: coordinates, noise, soft shapes, tissue brightness.

Lengths are in frame units (see shapes.py): 1 is the width of the muscle group. `mm` converts.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

CANVAS = 256  # pixels; a crop of it is trained on
NOISE_FIELD = 640  # pixels; patches are cut from larger fields
NOISE_SCALES = (0.7, 1.5, 3, 6, 12, 25, 50)  # correlation lengths, pixels
FIELDS_PER_SCALE = 8


class NoiseBank:
    """Smooth random fields of unit variance, made once and cut at random places."""

    def __init__(self, rng):
        self.fields = {}
        for scale in NOISE_SCALES:
            self.fields[scale] = [self._isotropic(rng, scale) for _ in range(FIELDS_PER_SCALE)]
        self.fields["fiber"] = [self._fibers(rng) for _ in range(FIELDS_PER_SCALE)]

    @staticmethod
    def _standardized(values):
        return ((values - values.mean()) / values.std()).astype(np.float32)

    @classmethod
    def _isotropic(cls, rng, scale):
        shrink = 8 if scale > 12 else 1
        coarse = rng.standard_normal((NOISE_FIELD // shrink,) * 2)
        smooth = ndimage.gaussian_filter(coarse, scale / shrink, mode="wrap")
        return cls._standardized(ndimage.zoom(smooth, shrink, order=3) if shrink > 1 else smooth)

    @classmethod
    def _fibers(cls, rng):
        streaks = ndimage.gaussian_filter(rng.standard_normal((NOISE_FIELD,) * 2), (1.0, 5.0), mode="wrap")
        angle = rng.uniform(0, 180)
        return cls._standardized(ndimage.rotate(streaks, angle, reshape=False, mode="wrap", order=1))

    def cut(self, rng, scale):
        values = self.fields[scale][rng.integers(FIELDS_PER_SCALE)]
        row, column = rng.integers(NOISE_FIELD - CANVAS, size=2)
        values = values[row : row + CANVAS, column : column + CANVAS]
        if rng.random() < 0.5:
            values = values[::-1]
        return values.T if rng.random() < 0.5 else values


def soft_step(distance, width):
    """0 to 1 across distance 0, over about 4 widths."""
    return 1.0 / (1.0 + np.exp(-np.clip(distance / width, -30, 30)))


@dataclass
class Tissues:
    """Brightness relative to fat (about 1)."""

    fat: float
    muscle: float
    fluid: float
    marrow: float
    cortex: float
    ligament: float


def draw_tissues(rng, t1_like):
    """T2 brightness unless t1_like (fluid dark); marrow and muscle vary widely between scanners and patients."""
    fat = rng.uniform(0.75, 1.0)
    muscle = np.clip(rng.normal(0.20, 0.08), 0.05, 0.5)
    if rng.random() < (0.5 if t1_like else 0.05):
        muscle = rng.uniform(0.3, 0.6)
    return Tissues(
        fat=fat,
        muscle=muscle * fat,
        fluid=rng.uniform(0.1, 0.3) if t1_like else rng.uniform(0.8, 1.25),
        marrow=rng.uniform(0.25, 0.85) * fat,
        cortex=rng.uniform(0.0, 0.12),
        ligament=rng.uniform(0.02, 0.25),
    )


@dataclass
class Scene:
    """State shared by the painters of one slice."""

    rng: np.random.Generator
    noise_bank: NoiseBank
    x: np.ndarray  # frame coordinate of every pixel
    y: np.ndarray
    unit_pixels: float  # pixels in one frame unit
    mm: float  # frame units in one anatomical millimeter
    level: int  # 2..5 for L2..L5
    tissues: Tissues
    top: float = 0.0
    bottom: float = 0.0
    es_top: float = 0.0
    half_gap: float = 0.0
    mf_edge: float = 0.0
    image: np.ndarray = field(default_factory=lambda: np.zeros((CANVAS, CANVAS), np.float32))
    labels: np.ndarray = field(default_factory=lambda: np.zeros((CANVAS, CANVAS), np.uint8))

    @property
    def edge(self):
        """Softness of a drawn edge: 10 to 90 % over about two pixels."""
        return 0.45 / self.unit_pixels

    def noise(self, scale):
        return self.noise_bank.cut(self.rng, scale)

    def chance(self, probability):
        return self.rng.random() < probability

    def blend(self, weight, value):
        """Cover the image by value where weight is 1."""
        self.image += weight * (value - self.image)

    def fill(self, distance, value, grow=0.0):
        """Paint where the signed distance (positive inside) exceeds -grow."""
        self.blend(soft_step(distance + grow, self.edge), value)

    def ellipse(self, x0, y0, half_x, half_y, angle=0.0, power=2.0):
        """About the signed distance to a (super)ellipse, positive inside."""
        cosine, sine = np.cos(angle), np.sin(angle)
        u = ((self.x - x0) * cosine + (self.y - y0) * sine) / half_x
        v = (-(self.x - x0) * sine + (self.y - y0) * cosine) / half_y
        radius = np.hypot(u, v) if power == 2.0 else (np.abs(u) ** power + np.abs(v) ** power) ** (1 / power)
        return (1 - radius) * min(half_x, half_y)

    def muscle_texture(self):
        """Brightness of healthy muscle with fiber-scale and coarse variation."""
        return self.tissues.muscle * (1 + 0.18 * self.noise(1.5) + 0.15 * self.noise(12))

    def fat_texture(self):
        return self.tissues.fat * (1 + 0.05 * self.noise(3) + 0.06 * self.noise(12))
