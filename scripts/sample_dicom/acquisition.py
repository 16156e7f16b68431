# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""From the scene to the pixels of a slice: partial volume, blur, coil profile, noise; and its truth."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

_FULL_SCALE = 900.0  # stored value of fat next to the coil
_BLUR_PIXELS = 0.42  # standard deviation of the point spread
_IN_PLANE = 2  # samples per pixel side
_THROUGH = 3  # samples across the slice for each of them, at depths of their own


@dataclass(frozen=True)
class Plane:
    """Where a slice lies: patient coordinates in mm, DICOM order of rows and columns."""

    origin_mm: tuple  # center of the first pixel
    along_columns: tuple  # direction in which the column index grows
    along_rows: tuple
    row_mm: float
    column_mm: float
    rows: int
    columns: int
    thickness_mm: float

    @property
    def normal(self):
        return np.cross(self.along_columns, self.along_rows)

    def points(self, row_offset=0.0, column_offset=0.0, depth_mm=0.0):
        """x, y, z of every pixel center, shifted by shares of a pixel and along the normal."""
        row, column = np.meshgrid(
            (np.arange(self.rows) + row_offset) * self.row_mm,
            (np.arange(self.columns) + column_offset) * self.column_mm,
            indexing="ij",
        )
        normal = self.normal
        axes = zip(self.origin_mm, self.along_rows, self.along_columns, normal)
        return [(o + row * r + column * c + depth_mm * n).ravel() for o, r, c, n in axes]

    def refined(self, factor):
        """The same area with more, smaller pixels."""
        shift_row, shift_column = ((1 / factor - 1) / 2 * size for size in (self.row_mm, self.column_mm))
        origin = np.array(self.origin_mm) + shift_row * np.array(self.along_rows)
        origin = origin + shift_column * np.array(self.along_columns)
        return Plane(
            tuple(origin), self.along_columns, self.along_rows, self.row_mm / factor, self.column_mm / factor,
            self.rows * factor, self.columns * factor, self.thickness_mm,
        )  # fmt: skip


def _coil_profile(x, y, z, scene, saturation_mm):
    """A spine coil behind the patient, and the saturation band in front of the spine."""
    depth = scene.to_patient((0, 75, 0))[1] - y
    middle = scene.to_patient((0, 0, 0))
    coil = 1.35 / (1 + np.exp((depth - 70) / 62)) + 0.10
    coil = coil * (1 - 4.8e-6 * (x - middle[0]) ** 2) * np.exp(-(((z - middle[2]) / 210) ** 2))
    band = 1 / (1 + np.exp(-(y - middle[1] + saturation_mm) / 3.0))
    return coil * (0.10 + 0.90 * band)


def acquire(scene, plane, weighting, noise, saturation_mm, rng):
    """Stored values (uint16) of one slice; noise is the standard deviation, relative to fat."""
    steps = (np.arange(_IN_PLANE) + 0.5) / _IN_PLANE - 0.5
    places = [(row, column) for row in steps for column in steps] * _THROUGH
    depths = (np.arange(len(places)) + 0.5) / len(places) - 0.5
    total = np.zeros(plane.rows * plane.columns)
    for (row_offset, column_offset), depth in zip(places, depths):
        canvas = scene.look(*plane.points(row_offset, column_offset, depth * plane.thickness_mm))
        total += scene.signal(canvas, weighting)
    image = (total / len(places)).reshape(plane.rows, plane.columns)
    image = ndimage.gaussian_filter(image, _BLUR_PIXELS)
    image = image * _coil_profile(*plane.points(), scene, saturation_mm).reshape(image.shape)
    real, imaginary = noise * rng.standard_normal((2, *image.shape))
    magnitude = np.hypot(image + real, imaginary)
    return np.clip(np.rint(magnitude * _FULL_SCALE), 0, 4095).astype(np.uint16)


def truth(scene, plane):
    """Label map on the slice's own grid and the share of fat in every pixel of a muscle."""
    canvas = scene.look(*plane.points())
    shape = plane.rows, plane.columns
    return canvas.label.reshape(shape), canvas.fat_share.reshape(shape)
