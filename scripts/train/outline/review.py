# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Random slices of axial_unlabelled with a network's outlines, for looking at one by one.

Writes enlarged sheets with the pixels (not to be committed), and one sheet of the outlines alone for docs/.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from . import held_out, montage, sources
from .classes import CHANNEL_NAMES, QUADRATUS_LUMBORUM
from .confidence import confidence_of
from .inference import load_network, two_passes
from .preprocessing import resample_to_grid

COUNT, SEED = 50, 50
PER_SHEET, COLUMNS = 6, 2
ENLARGE = 3
DRAWING_COLUMNS = 10
DRAWING_SHRINK = 2
# Rows and columns of the grid that hold the outlines of all slices seen.
WINDOW = (slice(84, 264), slice(42, 278))


def chosen_names(data):
    """COUNT random axial slices, the held-out patient's among them."""
    names = sorted([*sources.axial_unlabelled_names(data), *held_out.PATIENTS["degenerated"]])
    return sorted(np.random.default_rng(SEED).choice(names, COUNT, replace=False))


def enlarged(image, labels, caption):
    """The window of a slice with outlines; each structure's border is drawn on the enlarged picture."""
    size = {"fx": ENLARGE, "fy": ENLARGE}
    big = cv2.resize(image[WINDOW], None, **size, interpolation=cv2.INTER_CUBIC)
    picture = montage.with_outlines(big, cv2.resize(labels[WINDOW], None, **size, interpolation=cv2.INTER_NEAREST))
    cv2.putText(picture, caption, (4, 14), 0, 0.45, (255, 255, 255))
    return picture


def drawing(labels, number):
    """The outlines alone, black on white replaced by their colors, with the number of the slice."""
    labels = np.where(labels == QUADRATUS_LUMBORUM, 0, labels)[WINDOW]
    picture = montage.with_outlines(np.zeros(labels.shape), labels)
    picture[(picture == 0).all(2)] = 255
    picture = cv2.resize(picture, None, fx=1 / DRAWING_SHRINK, fy=1 / DRAWING_SHRINK, interpolation=cv2.INTER_AREA)
    cv2.putText(picture, str(number), (2, 10), 0, 0.35, (0, 0, 0))
    return picture


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--output", required=True, help="folder for the sheets and drawing.png")
    options = parser.parse_args()
    torch.set_num_threads(1)
    network, output = load_network(options.checkpoint), Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    pictures, drawings = [], []
    for number, name in enumerate(chosen_names(options.data), 1):
        image = sources.read_gray(Path(options.data) / "axial_unlabelled" / name)
        grid, inside = resample_to_grid(image, *[sources.NOMINAL_PNG_SPACING_MM] * 2)
        labels, measures = confidence_of(*two_passes(network, grid, inside))
        low = [f"{CHANNEL_NAMES[c]} {m[0]:.2f}" for c, m in measures.items() if m[0] < 0.9]
        print(number, name, *low)
        pictures.append(enlarged(grid, labels, f"{number} {name}"))
        drawings.append(drawing(labels, number))
    for k in range(0, len(pictures), PER_SHEET):
        sheet = montage.sheet(pictures[k : k + PER_SHEET], COLUMNS)
        cv2.imwrite(str(output / f"sheet_{k // PER_SHEET + 1}.png"), sheet[..., ::-1])
    cv2.imwrite(str(output / "drawing.png"), montage.sheet(drawings, DRAWING_COLUMNS)[..., ::-1])


if __name__ == "__main__":
    main()
