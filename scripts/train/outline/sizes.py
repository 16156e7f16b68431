# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Areas of the four muscles and of the body, in generated slices beside the labelled real ones, as a Markdown table."""

import argparse

import numpy as np

from . import sources
from .classes import PARASPINAL, VERTEBRAL_BODY

MM2_PER_CM2 = 100.0
PERCENTILES = (5, 50, 95)
STRUCTURES = {"four muscles": PARASPINAL, "body": (VERTEBRAL_BODY,)}


def size_cells(labels, channels):
    """Median (5th-95th percentile), cm2, over label maps of 1 mm pixels that hold all of the channels."""
    areas = [np.isin(one, channels).sum() / MM2_PER_CM2 for one in labels if np.isin(channels, one).all()]
    if not areas:
        return ""
    low, middle, high = np.percentile(areas, PERCENTILES)
    return f"{middle:.0f} ({low:.0f}-{high:.0f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--synthetic", nargs="+", required=True, help="NPZ files of generator.py")
    options = parser.parse_args()
    sets = {"synthetic": [one for file in options.synthetic for one in np.load(file)["labels"]]}
    for name, load in (
        ("Dixon", sources.load_dixon),
        ("expert pairs", sources.load_pairs),
        ("drawn by eye", sources.load_hand_outlined),
        ("corrected by eye", sources.load_corrected),
        ("vertebral bodies", sources.load_vertebrae),
    ):
        sets[name] = [one.labels for one in load(options.data)]
    print("| set | slices | " + " | ".join(f"{name}, cm2" for name in STRUCTURES) + " |")
    print("|---" * (2 + len(STRUCTURES)) + "|")
    for name, labels in sets.items():
        cells = [size_cells(labels, channels) for channels in STRUCTURES.values()]
        print(f"| {name} | {len(labels)} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
