# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""From a slice with its pixel spacing to the network's input. The C++ program mirrors this file line by line.

The slice is in canonical orientation: patient right on the image's left, anterior up.
"""

import cv2
import numpy as np

PIXEL_MM = 1.0
GRID_SIZE = 320

# Muscle is far below fat, so the bright end is clipped well above the 99th percentile only to bound outliers.
REFERENCE_PERCENTILE = 99.0
CLIP_UPPER = 1.5
# Subtracted so that a typical slice has about zero mean; padding becomes -OFFSET.
OFFSET = 0.35
SMALLEST_REFERENCE = 1e-6


def antialias(image, row_mm, column_mm):
    """Blur each axis that is finer than the grid: sigma = 0.5 * sqrt((PIXEL_MM / spacing)^2 - 1) source pixels."""

    def sigma_and_size(spacing_mm):
        if spacing_mm >= PIXEL_MM:
            return 0.0, 1
        sigma = 0.5 * np.sqrt((PIXEL_MM / spacing_mm) ** 2 - 1.0)
        return sigma, 2 * int(np.ceil(3.0 * sigma)) + 1

    sigma_x, size_x = sigma_and_size(column_mm)
    sigma_y, size_y = sigma_and_size(row_mm)
    # A kernel of size 1 leaves its axis alone; OpenCV then ignores that axis's sigma, which must only be positive.
    return cv2.GaussianBlur(
        image, (size_x, size_y), max(sigma_x, 1e-3), sigmaY=max(sigma_y, 1e-3), borderType=cv2.BORDER_REPLICATE
    )


def resample_to_grid(image, row_mm, column_mm, grid_size=GRID_SIZE):
    """Resample to grid_size x grid_size pixels of PIXEL_MM, the grid's center on the image's center.

    Returns (grid, inside): float32 values, 0 outside the image, and the mask of grid pixels inside the image.
    """
    rows, columns = image.shape
    image = antialias(image.astype(np.float32), row_mm, column_mm)
    middle = (grid_size - 1) / 2.0
    step_x, step_y = PIXEL_MM / column_mm, PIXEL_MM / row_mm
    source_of_grid = np.array(
        [[step_x, 0.0, (columns - 1) / 2.0 - middle * step_x], [0.0, step_y, (rows - 1) / 2.0 - middle * step_y]]
    )
    grid = cv2.warpAffine(
        image,
        source_of_grid,
        (grid_size, grid_size),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0.0,
    )
    offset_mm = np.abs(np.arange(grid_size) - middle) * PIXEL_MM
    inside = np.outer(offset_mm <= rows * row_mm / 2.0, offset_mm <= columns * column_mm / 2.0)
    return grid, inside


def normalize(grid, inside):
    """Scale by the 99th percentile inside the image: x = clip(v / q, 0, 1.5) - 0.35. Padding becomes -0.35."""
    values = grid[inside]
    reference = np.percentile(values, REFERENCE_PERCENTILE) if values.size else 0.0
    scaled = np.clip(grid / max(reference, SMALLEST_REFERENCE), 0.0, CLIP_UPPER) - OFFSET
    return np.where(inside, scaled, -OFFSET).astype(np.float32)


def resample_labels_to_grid(labels, row_mm, column_mm, channel_count, grid_size=GRID_SIZE):
    """Label map on the grid: each class is resampled like an image, the strongest class wins."""
    shares = [
        resample_to_grid((labels == channel).astype(np.float32), row_mm, column_mm, grid_size)[0]
        for channel in range(1, channel_count)
    ]
    strongest = np.argmax(shares, axis=0) + 1
    return np.where(np.sum(shares, axis=0) > 0.5, strongest, 0).astype(np.uint8)


def network_input(image, row_mm, column_mm):
    """The 1 x 1 x GRID_SIZE x GRID_SIZE float32 tensor of one slice."""
    return normalize(*resample_to_grid(image, row_mm, column_mm))[None, None]
