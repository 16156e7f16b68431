# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Label the unlabeled real slices with a trained network and keep what passes screening.

The screens need no eye; EXCLUDED is what a developer's look at the contact sheet added.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from . import montage, sources
from .classes import ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, PARASPINAL, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY
from .inference import load_network, probabilities, tidy_labels
from .preprocessing import resample_to_grid

# Mean probability of the winning class over the four muscles.
SMALLEST_CONFIDENCE = 0.80
# The psoas pair has its own limit: kidneys and bowel are its usual mistakes.
SMALLEST_PSOAS_CONFIDENCE = 0.85
LARGEST_SIDE_RATIO = 1.5
# mm2 = pixels of the grid; smaller multifidus or erector spinae means a missed muscle.
SMALLEST_MUSCLE_MM2 = 200
SMALLEST_BODY_MM2 = 800

# Outlines seen to be wrong although they pass the screens: iliac tissue or fat in erector spinae. Others that were
# wrong are corrected in corrected_outlines.json.
EXCLUDED = frozenset(
    {
        "train/with_pain/spine_0019.png",
        "train/without_pain/spine_0007.png",
        "train/without_pain/spine_0062.png",
    }
)


def balanced(right, left, smallest):
    """Both sides present and of about one size."""
    return min(right, left) >= smallest and max(right, left) <= LARGEST_SIDE_RATIO * min(right, left)


def confidence(class_probabilities, labels, channels):
    """Mean winning probability over the pixels of the channels; 0 where there are none."""
    chosen = np.isin(labels, channels)
    return float(class_probabilities.max(0)[chosen].mean()) if chosen.any() else 0.0


def screen(class_probabilities, labels):
    """(keep the slice, trust its psoas)."""
    area = np.bincount(labels.ravel(), minlength=9)
    keep = (
        balanced(area[MF_RIGHT], area[MF_LEFT], SMALLEST_MUSCLE_MM2)
        and balanced(area[ES_RIGHT], area[ES_LEFT], SMALLEST_MUSCLE_MM2)
        and area[VERTEBRAL_BODY] >= SMALLEST_BODY_MM2
        and confidence(class_probabilities, labels, PARASPINAL) >= SMALLEST_CONFIDENCE
    )
    psoas = (PSOAS_RIGHT, PSOAS_LEFT)
    trusted = balanced(area[PSOAS_RIGHT], area[PSOAS_LEFT], SMALLEST_MUSCLE_MM2) and (
        confidence(class_probabilities, labels, psoas) >= SMALLEST_PSOAS_CONFIDENCE
    )
    return keep, trusted


def pseudo_label(network, data, already_outlined):
    """Of each kept slice its name, labels, whether its psoas may be trusted, and a picture."""
    kept = []
    for name in sources.axial_unlabelled_names(data):
        if name in EXCLUDED or name in already_outlined:
            continue
        image = sources.read_gray(Path(data) / "axial_unlabelled" / name)
        grid, inside = resample_to_grid(image, *[sources.NOMINAL_PNG_SPACING_MM] * 2)
        class_probabilities = probabilities(network, grid, inside)
        labels = tidy_labels(class_probabilities)
        keep, trusted = screen(class_probabilities, labels)
        if keep:
            picture = montage.with_outlines(grid, labels)
            cv2.putText(picture, f"{name[:-4]} {'' if trusted else 'no psoas'}", (4, 44), 0, 0.45, (255, 255, 255))
            kept.append((name, labels, trusted, picture))
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--output", required=True, help="NPZ file; a contact sheet goes beside it as PNG")
    options = parser.parse_args()
    labeled = [*sources.load_hand_outlined(options.data), *sources.load_corrected(options.data)]
    labeled += sources.load_pairs(options.data)
    outlined = {one.name.removeprefix("axial_unlabelled/") for one in labeled}
    kept = pseudo_label(load_network(options.checkpoint), options.data, outlined)
    np.savez_compressed(
        options.output,
        name=np.array([name for name, _, _, _ in kept]),
        labels=np.array([labels for _, labels, _, _ in kept]),
        psoas_trusted=np.array([trusted for _, _, trusted, _ in kept]),
    )
    print(f"kept {len(kept)} slices, psoas trusted in {sum(trusted for _, _, trusted, _ in kept)}")
    if kept:
        pictures = [picture[40:280, 30:290] for _, _, _, picture in kept]
        cv2.imwrite(str(Path(options.output).with_suffix(".png")), montage.sheet(pictures, 6)[..., ::-1])


if __name__ == "__main__":
    main()
