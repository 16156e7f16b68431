# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Dice and area of the four muscles on some slices, clean and disturbed."""

import argparse

import cv2
import numpy as np

from . import score, sources
from .classes import MIRRORED_CHANNEL, PARASPINAL
from .inference import area_ratio, dice, load_network, probabilities, tidy_labels

DIXON_STEP = 12  # every twelfth composite keeps the run short


def moved(degrees, scale):
    """A disturbance that turns and scales a slice about its center."""

    def move(grid, inside, labels):
        middle = (grid.shape[1] - 1) / 2
        matrix = cv2.getRotationMatrix2D((middle, middle), degrees, scale)
        size = grid.shape[::-1]
        masks = [cv2.warpAffine(m.astype(np.uint8), matrix, size, flags=cv2.INTER_NEAREST) for m in (inside, labels)]
        return cv2.warpAffine(grid, matrix, size), masks[0] > 0, masks[1]

    return move


def noisy(grid, inside, labels):
    """Rician noise of 3 % of the bright end."""
    rng = np.random.default_rng(0)
    sigma = 0.03 * np.percentile(grid, 99)
    real = grid + sigma * rng.standard_normal(grid.shape)
    return np.hypot(real, sigma * rng.standard_normal(grid.shape)).astype(np.float32), inside, labels


def shaded(grid, inside, labels):
    """A surface coil: brightness falls to a quarter over 200 mm from back to front."""
    fall = np.exp(np.linspace(-np.log(4) * grid.shape[0] / 200, 0, grid.shape[0], dtype=np.float32))
    return grid * fall[:, None], inside, labels


def resampled(size_mm):
    """Pixels of another size, and back to the grid."""

    def resample(grid, inside, labels):
        small = cv2.resize(grid, None, fx=1 / size_mm, fy=1 / size_mm, interpolation=cv2.INTER_AREA)
        return cv2.resize(small, grid.shape[::-1], interpolation=cv2.INTER_LINEAR), inside, labels

    return resample


def cropped(width_mm):
    """A smaller field of view about the muscles; what lies outside is neither seen nor asked for."""

    def crop(grid, inside, labels):
        rows, columns = np.nonzero(np.isin(labels, PARASPINAL))
        first_row = int(np.clip(rows.max() + 30 - width_mm, 0, grid.shape[0] - width_mm))
        first_column = int(np.clip(columns.mean() - width_mm / 2, 0, grid.shape[1] - width_mm))
        window = np.zeros_like(inside)
        window[first_row : first_row + width_mm, first_column : first_column + width_mm] = True
        window &= inside
        return np.where(window, grid, 0), window, np.where(window, labels, 0)

    return crop


def of_bits(bits):
    def quantize(grid, inside, labels):
        top = np.percentile(grid, 99.9)
        return (np.round(np.clip(grid / top, 0, 1) * (2**bits - 1)) / (2**bits - 1) * top), inside, labels

    return quantize


def of_gamma(gamma):
    return lambda grid, inside, labels: (np.clip(grid, 0, None) ** gamma, inside, labels)


def mirrored(grid, inside, labels):
    return grid[:, ::-1].copy(), inside[:, ::-1].copy(), np.array(MIRRORED_CHANNEL, np.uint8)[labels[:, ::-1]]


DISTURBANCES = {
    "clean": lambda *one: one,
    "turned -15 degrees": moved(-15, 1.0),
    "turned 15 degrees": moved(15, 1.0),
    "scaled 0.8": moved(0, 0.8),
    "scaled 1.2": moved(0, 1.2),
    "noise 3 %": noisy,
    "brightness to the power 0.7": of_gamma(0.7),
    "brightness to the power 1.4": of_gamma(1.4),
    "steep coil shading": shaded,
    "mirrored": mirrored,
    "field of view 220 mm": cropped(220),
    "pixels of 1.2 mm": resampled(1.2),
    "8 bit": of_bits(8),
    "6 bit": of_bits(6),
}


def measure(network_of, slices, disturb):
    """Mean Dice over the four muscles, and mean ratio of predicted to true area of all four.

    network_of(slice) is the network that outlines it.
    """
    results = []
    for one in slices:
        grid, inside, truth = disturb(one.images[0], one.inside, one.labels)
        labels = tidy_labels(probabilities(network_of(one), grid, inside))
        mean_dice = np.nanmean([dice(labels, truth, channel) for channel in PARASPINAL])
        results.append((mean_dice, area_ratio(labels, truth, PARASPINAL)))
    return np.mean(results, axis=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    pairs = score.held_out_of(sources.load_pairs(options.data))
    composites = score.dixon_composites(options.data)[::DIXON_STEP]
    for name, disturb in DISTURBANCES.items():
        for which, slices in (("held-out pairs", pairs), ("Dixon composites (in training)", composites)):
            mean_dice, mean_ratio = measure(lambda _: network, slices, disturb)
            print(f"{name:20s} {which} n={len(slices)}: Dice {mean_dice:.3f}, area ratio {mean_ratio:.3f}")


if __name__ == "__main__":
    main()
