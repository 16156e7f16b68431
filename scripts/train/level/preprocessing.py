# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""From a sagittal slice with its pixel spacing to the network's input. The C++ program mirrors this file.

The slice is in canonical orientation: rows run from head to feet, columns from front to back.
"""

import cv2
import numpy as np

from outline.preprocessing import normalize

PIXEL_MM = 1.5
GRID_ROWS, GRID_COLUMNS = 288, 224


def blur_sigma(spacing_mm, pixel_mm=PIXEL_MM):
    """Standard deviation, in source pixels, of the blur that an axis finer than the grid needs."""
    return 0.5 * np.sqrt(max((pixel_mm / spacing_mm) ** 2 - 1.0, 0.0))


def antialias(image, row_mm, column_mm, pixel_mm=PIXEL_MM):
    sigmas = blur_sigma(column_mm, pixel_mm), blur_sigma(row_mm, pixel_mm)
    sizes = [2 * int(np.ceil(3.0 * sigma)) + 1 for sigma in sigmas]
    # A kernel of size 1 leaves its axis alone; OpenCV then ignores that axis's sigma, which must only be positive.
    sigma_x, sigma_y = (max(sigma, 1e-3) for sigma in sigmas)
    return cv2.GaussianBlur(image, sizes, sigma_x, sigmaY=sigma_y, borderType=cv2.BORDER_REPLICATE)


def resample_to_grid(image, row_mm, column_mm):
    """Values on the grid, whose center is the image's center (0 outside the image), and the mask of its inside."""
    rows, columns = image.shape
    image = antialias(image.astype(np.float32), row_mm, column_mm)
    middle_row, middle_column = (GRID_ROWS - 1) / 2.0, (GRID_COLUMNS - 1) / 2.0
    step_x, step_y = PIXEL_MM / column_mm, PIXEL_MM / row_mm
    source_of_grid = np.array(
        [
            [step_x, 0.0, (columns - 1) / 2.0 - middle_column * step_x],
            [0.0, step_y, (rows - 1) / 2.0 - middle_row * step_y],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    grid = cv2.warpAffine(image, source_of_grid, (GRID_COLUMNS, GRID_ROWS), flags=flags, borderValue=0.0)
    row_offset_mm = np.abs(np.arange(GRID_ROWS) - middle_row) * PIXEL_MM
    column_offset_mm = np.abs(np.arange(GRID_COLUMNS) - middle_column) * PIXEL_MM
    inside = np.outer(row_offset_mm <= rows * row_mm / 2.0, column_offset_mm <= columns * column_mm / 2.0)
    return grid, inside


def network_input(image, row_mm, column_mm):
    """The 1 x 1 x GRID_ROWS x GRID_COLUMNS float32 tensor of one slice."""
    return normalize(*resample_to_grid(image, row_mm, column_mm))[None, None]
