# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Sizes of structures and the place of psoas in generated slices beside labeled real ones, as a Markdown table."""

import argparse

import numpy as np

from . import sources
from .classes import PARASPINAL, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY

MM2_PER_CM2 = 100.0
PERCENTILES = (5, 50, 95)
SMALLEST_PSOAS_MM2 = 60  # below, its axis says nothing


def areas_cm2(labels, channels):
    """Area of the channels together in every label map of 1 mm pixels that holds all of them."""
    return [np.isin(one, channels).sum() / MM2_PER_CM2 for one in labels if np.isin(channels, one).all()]


def psoas_places(labels):
    """Of every psoas beside a body: mm of its center behind the body's; degrees that its front leans to the body."""
    places = []
    for one in labels:
        body = np.argwhere(one == VERTEBRAL_BODY)
        for channel, lateral in ((PSOAS_RIGHT, -1), (PSOAS_LEFT, 1)):
            psoas = np.argwhere(one == channel)
            if len(body) == 0 or len(psoas) < SMALLEST_PSOAS_MM2:
                continue
            down, right = np.linalg.eigh(np.cov(psoas.T))[1][:, 1]  # the long axis, either way round
            lean = np.degrees(np.arctan2(lateral * right, down))
            places.append((psoas[:, 0].mean() - body[:, 0].mean(), (lean + 90) % 180 - 90))
    return places


def cell(values):
    """Median (5th-95th percentile)."""
    if len(values) == 0:
        return ""
    low, middle, high = np.percentile(values, PERCENTILES)
    return f"{middle:.0f} ({low:.0f} to {high:.0f})"


def row(name, labels):
    """Of the label maps of a set; a cell is empty where they hold no such structure."""
    areas = [areas_cm2(labels, channels) for channels in (PARASPINAL, (VERTEBRAL_BODY,))]
    psoas = [area for channel in (PSOAS_RIGHT, PSOAS_LEFT) for area in areas_cm2(labels, (channel,))]
    places = psoas_places(labels)
    behind, lean = [place[0] for place in places], [place[1] for place in places]
    cells = [cell(values) for values in (*areas, psoas, behind, lean)]
    return f"| {name} | {len(labels)} | " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--synthetic", required=True, help="NPZ file of generator.py")
    options = parser.parse_args()
    print(
        "| set | slices | four muscles, cm2 | body, cm2 | a psoas, cm2 | psoas behind body, mm | psoas lean, degrees |"
    )
    print("|---" * 7 + "|")
    print(row("synthetic", np.load(options.synthetic)["labels"]))
    for name, load in (
        ("Dixon (body and psoas drafted)", sources.load_dixon_drafted),
        ("expert pairs", sources.load_pairs),
        ("drawn again", sources.load_redrawn),
        ("corrected by eye", sources.load_corrected),
        ("T1-like", sources.load_t1like),
        ("vertebral bodies, L1 to L5", sources.load_vertebrae),
    ):
        print(row(name, [one.labels for one in load(options.data)]))


if __name__ == "__main__":
    main()
