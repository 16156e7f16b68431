# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Shapes of the reference outlines: the limits of pipeline/study/outlines/doubt_shapes.cpp lie beyond these.

Definitions as in segmentation/outline_shape.h.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from scipy import ndimage

from . import sources
from .classes import ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY
from .shapes import read_mask_png

PAIRS = {
    "multifidus": (MF_RIGHT, MF_LEFT),
    "erector spinae": (ES_RIGHT, ES_LEFT),
    "vertebral body": (VERTEBRAL_BODY,),
    "psoas": (PSOAS_RIGHT, PSOAS_LEFT),
}
PERCENTILES = (0, 0.5, 2, 50, 98, 99.5, 100)


def solidity(mask):
    """Share of the convex hull of the pixels' corners that is filled."""
    rows, columns = np.nonzero(mask)
    corners = np.concatenate([np.stack([columns + dx, rows + dy], 1) for dx in (0, 1) for dy in (0, 1)])
    return mask.sum() / cv2.contourArea(cv2.convexHull(corners.astype(np.float32)))


def shapes_of(label_maps):
    """Every measure of every outline, by name."""
    found = {}
    for labels in label_maps:
        masks = {name: [labels == channel for channel in channels] for name, channels in PAIRS.items()}
        masks = {name: [mask for mask in sides if mask.any()] for name, sides in masks.items()}
        for name, sides in masks.items():
            found.setdefault(f"{name}, share of the convex hull", []).extend(map(solidity, sides))
            if len(sides) == 2:
                areas = sorted(side.sum() for side in sides)
                found.setdefault(f"{name}, smaller over larger side", []).append(areas[0] / areas[1])
        for body in masks["vertebral body"]:
            distance_mm = ndimage.distance_transform_edt(~body)
            gaps = [distance_mm[psoas].min() for psoas in masks["psoas"]]
            found.setdefault("psoas, mm to the body", []).extend(gaps)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    data = parser.parse_args().data
    sets = {
        "expert masks of L4/5": [read_mask_png(p) for p in sorted(Path(data).glob("axial_masks_l45/labels_T*/*.png"))],
        "expert slices of L2 to S1": [one.labels for one in [*sources.load_dixon(data), *sources.load_t1like(data)]],
        "drawn by eye": [one.labels for one in [*sources.load_hand_outlined(data), *sources.load_corrected(data)]],
    }
    print(f"percentiles {PERCENTILES}")
    for name, label_maps in sets.items():
        for measure, values in shapes_of(label_maps).items():
            if values:
                print(f"{name}: {measure}, {len(values)}: {np.percentile(values, PERCENTILES).round(2)}")


if __name__ == "__main__":
    main()
