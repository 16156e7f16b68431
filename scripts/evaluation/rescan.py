# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A slice as the same scanner might have taken it once more: what no pair of examinations was there to show."""

import nibabel
import numpy as np
from scipy import ndimage

# What differs when a patient lies down on the same table again; standard deviations, our choice.
SHIFT_MM = 3.0  # Within the slice; steps of a pixel do not matter to the network, parts of it do.
TURN_DEG = 1.5
COIL_SHARE = 0.08  # Brightness across the slice, a smooth field.
COIL_MM = 60.0  # Over which it changes: parts of a spine coil.
GAIN_SHARE = 0.15
APART_MM = 6.0  # Between the slices of the volume: no neighbors of each other.


def noise_of(image):
    """Standard deviation of the noise: the median difference to the neighbors in a diagonal pattern that takes out
    edges and slopes. Immerkaer 1996, doi:10.1006/cviu.1996.0060, with the median for the mean."""
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    inside = image > np.percentile(image, 40)
    return float(np.median(np.abs(ndimage.convolve(image, mask))[inside]) / (6 * 0.6745))


def taken_again(image, spacing_mm, rng, noise=None):
    """One more look at `image`: moved and turned as a whole, its brightness changed, `noise` added; of its own size
    where none is given."""
    height, width = image.shape
    turn = np.radians(rng.normal(0, TURN_DEG))
    rows, columns = np.mgrid[:height, :width]
    y_mm, x_mm = (rows - height / 2) * spacing_mm[0], (columns - width / 2) * spacing_mm[1]
    down_mm, right_mm = rng.normal(0, SHIFT_MM, 2)
    from_y = np.cos(turn) * y_mm + np.sin(turn) * x_mm + down_mm
    from_x = np.cos(turn) * x_mm - np.sin(turn) * y_mm + right_mm
    places = [from_y / spacing_mm[0] + height / 2, from_x / spacing_mm[1] + width / 2]
    moved = ndimage.map_coordinates(image, places, order=3, mode="nearest").clip(0)
    sigmas = [COIL_MM / size for size in spacing_mm]
    field = ndimage.gaussian_filter(rng.standard_normal(image.shape), sigmas, mode="reflect")
    moved *= np.exp(COIL_SHARE * field / field.std()) * np.exp(rng.normal(0, GAIN_SHARE))
    real, imaginary = rng.normal(0, noise_of(moved) if noise is None else noise, (2, height, width))
    return np.hypot(moved + real, imaginary)


def write_looks(file, image, spacing_mm, count, seed):
    """`count` looks at an axial slice, seen from the feet, as the slices of one volume."""
    rng = np.random.default_rng(seed)
    looks = np.stack([taken_again(image.astype(float), spacing_mm, rng) for _ in range(count)])
    # Stored in whole numbers, as scanners do.
    looks = np.rint(looks * (3000 / np.percentile(looks, 99.9))).clip(0, 32767).astype(np.int16)
    affine = np.diag([-spacing_mm[1], -spacing_mm[0], APART_MM, 1.0])
    nibabel.Nifti1Image(looks.transpose(2, 1, 0), affine).to_filename(file)
