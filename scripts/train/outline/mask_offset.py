# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""How far the mask of each expert pair lies beside the outlines of a network that knows none of these images.

The pairs were found by matching masks to images, so a mask may be of a neighboring slice or of a moved patient. One
that is of its image needs no shift to agree best.
"""

import argparse
from itertools import product

import numpy as np

from . import score, sources
from .classes import PARASPINAL
from .inference import dice, load_network, probabilities, tidy_labels

LARGEST_SHIFT_MM = 6  # grid pixels
# One slice in T2 and T1, as matched_pairs.csv says; their masks were drawn apart.
TWINS = (("spine_0061", "spine_0057"), ("spine_0009", "spine_0006"))


def best_shift(found, truth):
    """Dice of the two masks as they are; the shift of the first (down, right; mm) that agrees best, and Dice then."""
    steps = range(-LARGEST_SHIFT_MM, LARGEST_SHIFT_MM + 1)
    shifts = sorted(product(steps, steps), key=lambda shift: np.hypot(*shift))  # of equals the smallest
    moved = [dice(np.roll(found, shift, (0, 1)), truth, True) for shift in shifts]
    best = int(np.argmax(moved))
    return moved[0], shifts[best], moved[best]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True, help="fold_hospital.pt of make_outline_model")
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    print("| image | contrast | Dice of the four muscles as one | best shift down, right, mm | Dice then |")
    print("|---" * 5 + "|")
    masks = {}
    for one in sources.load_pairs(options.data):
        masks[one.name.split("/")[-1][:-4]] = truth = np.isin(one.labels, PARASPINAL)
        found = np.isin(tidy_labels(probabilities(network, one.images[0], one.inside)), PARASPINAL)
        as_is, shift, moved = best_shift(found, truth)
        contrast = "T2" if score.is_t2(one) else "T1"
        print(f"| {one.name.split('/', 1)[1][:-4]} | {contrast} | {as_is:.3f} | {shift[0]}, {shift[1]} | {moved:.3f} |")
    print()
    for names in TWINS:
        print(f"masks of {' and '.join(names)}: Dice {dice(*(masks[name] for name in names), True):.3f}")


if __name__ == "__main__":
    main()
