# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The chain of vertebrae: where each one is, and the smooth curves along them."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from .patients import LEVELS

# Of T11 ... S4 in mm, adult averages rounded. Width and depth are those of the endplates.
_HEIGHT_MM = (22.5, 24, 26, 27, 27.5, 27.5, 27, 29, 24, 20, 18)
_WIDTH_MM = (37, 40, 43.5, 46, 49.5, 51.5, 53.5, 66, 66, 60, 50)
_DEPTH_MM = (30.5, 31.5, 33.5, 35.5, 37, 37.5, 37, 31, 20, 14, 11)


@dataclass(frozen=True)
class Vertebra:
    """A vertebra in the body frame, with its own frame: u left, a back, h along its axis."""

    name: str
    center_yz_mm: tuple
    tilt_deg: float
    wedge_deg: float
    height_mm: float
    width_mm: float
    depth_mm: float

    def to_local(self, y_mm, z_mm):
        """a and h of points; u is x."""
        sine, cosine = np.sin(np.radians(self.tilt_deg)), np.cos(np.radians(self.tilt_deg))
        dy, dz = y_mm - self.center_yz_mm[0], z_mm - self.center_yz_mm[1]
        return dy * cosine - dz * sine, dy * sine + dz * cosine

    def to_body(self, a_mm, h_mm):
        """y and z of a point in the midline."""
        sine, cosine = np.sin(np.radians(self.tilt_deg)), np.cos(np.radians(self.tilt_deg))
        y0, z0 = self.center_yz_mm
        return y0 + a_mm * cosine + h_mm * sine, z0 - a_mm * sine + h_mm * cosine

    def superior_h_mm(self, a_mm):
        """The plane through the rim of the superior endplate."""
        return self.height_mm / 2 - a_mm * np.tan(np.radians(self.wedge_deg))

    def inferior_h_mm(self, a_mm):
        """The plane through the rim of the inferior endplate."""
        return -self.height_mm / 2 + a_mm * np.tan(np.radians(self.wedge_deg))

    def inferior_endplate(self):
        """Point and unit normal (to the head) of that plane, in the body frame."""
        angle = np.radians(self.tilt_deg - self.wedge_deg)
        y, z = self.to_body(0.0, -self.height_mm / 2)
        return np.array([0.0, y, z]), np.array([0.0, np.sin(angle), np.cos(angle)])


def _axis(tilt_deg):
    return np.array([np.sin(np.radians(tilt_deg)), np.cos(np.radians(tilt_deg))])


class Spine:
    """All vertebrae of a patient from head to feet."""

    def __init__(self, patient):
        centers = [np.zeros(2)]
        for i in range(1, len(LEVELS)):
            above, below = patient.tilt_deg[i - 1], patient.tilt_deg[i]
            scale = patient.vertebra_scale / 2
            step = _HEIGHT_MM[i - 1] * scale * _axis(above) + _HEIGHT_MM[i] * scale * _axis(below)
            step = step + patient.disc_mm[i - 1] * _axis((above + below) / 2)
            centers.append(centers[-1] - step)
        origin = centers[LEVELS.index("L3")]
        self.vertebrae = [
            Vertebra(
                name=name,
                center_yz_mm=tuple(centers[i] - origin),
                tilt_deg=patient.tilt_deg[i],
                wedge_deg=patient.wedge_deg[i],
                height_mm=_HEIGHT_MM[i] * patient.vertebra_scale,
                width_mm=_WIDTH_MM[i] * patient.vertebra_scale,
                depth_mm=_DEPTH_MM[i] * patient.vertebra_scale,
            )
            for i, name in enumerate(LEVELS)
        ]
        self._curves()

    def _curves(self):
        bottom_up = self.vertebrae[::-1]
        z = [v.center_yz_mm[1] for v in bottom_up]
        self._level = PchipInterpolator(z, np.arange(len(z))[::-1] - 1.0)
        wall = [v.to_body(v.depth_mm / 2, side * v.height_mm * 0.3) for v in bottom_up for side in (-1, 1)]
        wall_y, wall_z = np.array(wall).T
        self._wall = PchipInterpolator(wall_z, wall_y)
        self._slope = self._wall.derivative()
        self._z_range = wall_z[0], wall_z[-1]

    def named(self, name):
        return self.vertebrae[LEVELS.index(name)]

    def level_at(self, z_mm):
        """Level number at a height: 1 in the center of L1, 3 in that of L3."""
        return self._level(np.clip(z_mm, *self._z_range))

    def wall_at(self, z_mm):
        """y of the posterior wall of the vertebral bodies, continued straight at both ends."""
        inside = np.clip(z_mm, *self._z_range)
        return self._wall(inside) + (z_mm - inside) * np.clip(self._slope(inside), -0.6, 0.6)

    def wall_cosine_at(self, z_mm):
        """Turns distances along y into distances from the wall."""
        return 1 / np.sqrt(1 + self._slope(np.clip(z_mm, *self._z_range)) ** 2)
