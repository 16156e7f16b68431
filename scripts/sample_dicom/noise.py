# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Fixed-seed random fields in body coordinates, so that every series sees the same texture."""

import numpy as np
from scipy import ndimage


class Field:
    """A periodic 3-D field of zero mean and unit variance, interpolated linearly."""

    def __init__(self, rng, shape_zyx, step_zyx_mm, smooth_voxels):
        values = ndimage.gaussian_filter(rng.standard_normal(shape_zyx), smooth_voxels, mode="wrap")
        self._values = (values - values.mean()) / values.std()
        self._step_zyx_mm = step_zyx_mm

    def at(self, x_mm, y_mm, z_mm):
        step = self._step_zyx_mm
        where = np.stack([z_mm / step[0], y_mm / step[1], x_mm / step[2]])
        return ndimage.map_coordinates(self._values, where, order=1, mode="grid-wrap")


class Texture:
    """The fields of one patient."""

    def __init__(self, seed):
        rng = np.random.Generator(np.random.PCG64(seed))
        self.fine = Field(rng, (40, 96, 96), (2.0, 1.0, 1.0), (0.8, 0.8, 0.8))
        self.coarse = Field(rng, (32, 48, 48), (5.0, 4.0, 4.0), (1.2, 1.5, 1.5))
        # Muscle fibers and the fat between them run along the spine.
        self.fiber = Field(rng, (12, 160, 160), (14.0, 0.7, 0.7), (1.2, 1.6, 1.6))
        self.lobule = Field(rng, (12, 128, 128), (14.0, 1.0, 1.0), (1.2, 3.0, 3.0))
        self.sheet = Field(rng, (12, 128, 128), (18.0, 1.0, 1.0), (1.6, 4.5, 4.5))
