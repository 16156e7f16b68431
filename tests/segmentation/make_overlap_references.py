#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Writes overlap_references.csv: what scipy's distance transform finds for the shapes of overlap_test.cpp.

A shape is an ellipse with a notch: rows and columns within the ellipse, without those right of and
above a corner. Needs python3-numpy and python3-scipy. Run in this folder.
"""

import csv

import numpy as np
from scipy import ndimage

SIZE = (96, 128)
# row, column, half height, half width, row and column of the notch's corner (pixels)
PAIRS = [
    ((40, 60, 20, 30, 25, 70), (42, 63, 22, 27, 28, 66)),
    ((48, 64, 40, 12, 0, 200), (48, 90, 6, 30, 0, 200)),
    ((20, 20, 19, 25, 10, 30), (70, 100, 30, 40, 60, 90)),
    ((47, 63, 60, 80, 30, 80), (47, 63, 25, 33, 40, 70)),
]
SPACINGS = [(1.0, 1.0), (0.6, 1.1), (1.3, 0.45)]


def shape(row, col, half_height, half_width, notch_row, notch_col):
    rows, cols = np.indices(SIZE)
    inside = ((rows - row) / half_height) ** 2 + ((cols - col) / half_width) ** 2 <= 1
    return inside & ~((rows < notch_row) & (cols > notch_col))


def surface(mask):
    return mask & ~ndimage.binary_erosion(mask)


def directed(first, second, spacing):
    return ndimage.distance_transform_edt(~surface(second), sampling=spacing)[surface(first)]


def main():
    with open("overlap_references.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pair", "row_mm", "col_mm", "dice", "hausdorff95_mm", "mean_surface_distance_mm", "area_difference_mm2"])
        for number, (first, second) in enumerate(PAIRS):
            a, b = shape(*first), shape(*second)
            for spacing in SPACINGS:
                there, back = directed(a, b, spacing), directed(b, a, spacing)
                values = [
                    2 * (a & b).sum() / (a.sum() + b.sum()),
                    max(np.percentile(there, 95), np.percentile(back, 95)),
                    np.concatenate([there, back]).mean(),
                    (int(a.sum()) - int(b.sum())) * spacing[0] * spacing[1],
                ]
                writer.writerow([number, *spacing, *(f"{value:.12g}" for value in values)])


if __name__ == "__main__":
    main()
