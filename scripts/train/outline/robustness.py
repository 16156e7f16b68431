# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Dice and area of the four muscles on the held-out pairs and some Dixon composites, clean and disturbed."""

import argparse

import cv2
import numpy as np

from . import score, sources
from .classes import PARASPINAL
from .inference import dice, load_network, probabilities, tidy_labels

DIXON_STEP = 12  # every twelfth composite keeps the run short


def moved(degrees, scale):
    """A disturbance that turns and scales a slice about its centre."""

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


DISTURBANCES = {
    "clean": lambda *one: one,
    "turned -15 degrees": moved(-15, 1.0),
    "turned 15 degrees": moved(15, 1.0),
    "scaled 0.8": moved(0, 0.8),
    "scaled 1.2": moved(0, 1.2),
    "noise 3 %": noisy,
    "brightness ^ 0.7": lambda grid, inside, labels: (np.clip(grid, 0, None) ** 0.7, inside, labels),
}


def measure(network, slices, disturb):
    """Mean Dice over the four muscles, and mean ratio of predicted to true area of all four."""
    results = []
    for one in slices:
        grid, inside, truth = disturb(one.images[0], one.inside, one.labels)
        labels = tidy_labels(probabilities(network, grid, inside))
        area_ratio = np.isin(labels, PARASPINAL).sum() / np.isin(truth, PARASPINAL).sum()
        results.append((np.nanmean([dice(labels, truth, channel) for channel in PARASPINAL]), area_ratio))
    return np.mean(results, axis=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    pairs = sources.load_pairs(options.data, take_held_out=True)
    composites = score.dixon_composites(options.data)[::DIXON_STEP]
    for name, disturb in DISTURBANCES.items():
        for which, slices in (("held-out pairs", pairs), ("Dixon composites (in training)", composites)):
            mean_dice, area_ratio = measure(network, slices, disturb)
            print(f"{name:20s} {which} n={len(slices)}: Dice {mean_dice:.3f}, area ratio {area_ratio:.3f}")


if __name__ == "__main__":
    main()
