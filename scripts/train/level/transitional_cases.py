# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write middle slices, as they are and with a transitional sacrum made by transitional.py, as DICOM studies with truth.csv.

Single slices, each a study of its own, with pixels of 1 mm, in the form of cases.py.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

from . import sources
from .cases import COLUMNS, _truth, _write
from .classes import L1, L5, S1
from .held_out import left_out
from .study import Study, _lower_edge, _pitch
from .transitional import transitional

MADE_PER_SLICE = 2
SLICES_PER_PATIENT = 2
LARGEST_TURN_DEGREES = 12
SCALES = (0.85, 1.2)
LOADERS = {
    "sagittal_t2_spider": sources.load_spider,
    "sagittal_t2_vertebrae": sources.load_t2,
    "axial_unlabelled": sources.load_unlabeled,
}


def _study(set_name, name, image, labels):
    """None where L3 or its neighbors are not all there."""
    bodies = {f"L{5 - i}": labels == channel for i, channel in enumerate(range(L5, L1 + 1))}
    if not all(bodies[body].any() for body in ("L5", "L4", "L3", "L2")) or not (labels == S1).any():
        return None
    endplate = np.insert(_lower_edge(bodies["L3"]), 0, 0, axis=1)
    sacrum = np.argwhere(labels == S1).astype(float)
    return Study(set_name, name, image[None], 1.0, endplate, bodies, sacrum, _pitch(bodies, 1.0))


def _turned(rng, image, labels):
    """Another posture and size."""
    angle = np.deg2rad(rng.uniform(-LARGEST_TURN_DEGREES, LARGEST_TURN_DEGREES))
    scale = np.exp(rng.uniform(*np.log(SCALES)))
    middle = np.array(image.shape, np.float32) / 2
    rows, columns = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    y, x = (rows - middle[0]) / scale, (columns - middle[1]) / scale
    y, x = (
        middle[0] + np.cos(angle) * y - np.sin(angle) * x,
        middle[1] + np.sin(angle) * y + np.cos(angle) * x,
    )
    y, x = y.astype(np.float32), x.astype(np.float32)
    image = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderValue=0)
    return image, cv2.remap(labels, x, y, cv2.INTER_NEAREST, borderValue=0)


def _made(seed, image, labels):
    """(variant, image, labels) of everything made of one slice."""
    rng = np.random.default_rng(seed)
    yield "intact", image, labels
    yield ("turned", *_turned(rng, image, labels))
    for _ in range(MADE_PER_SLICE):
        made = transitional(rng, image, labels)
        if made is not None:
            yield ("transitional", *made)


def cases(data, seed):
    """(case, variant, whether no model has seen the patient, study)."""
    for set_name, load in LOADERS.items():
        seen = Counter()
        for index, volume in enumerate(load(data)):
            seen[volume.name] += 1
            if volume.kind.endswith("_t1") or seen[volume.name] > SLICES_PER_PATIENT:
                continue
            image, labels = volume.images[volume.middle], volume.labels[volume.middle]
            for number, (variant, *slices) in enumerate(_made([seed, index], image, labels)):
                study = _study(set_name, volume.name, *slices)
                if study is not None:
                    case = f"{set_name}_{volume.name}_{index:03d}_{variant}_{number}"
                    yield case, variant, volume.name in left_out(None), study


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True, help="folder; one sub-folder a case")
    parser.add_argument("--seed", type=int, default=26)
    options = parser.parse_args()
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.csv", "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for case, variant, is_unseen, study in cases(options.data, options.seed):
            _write(study, case, folder)
            row = {"case": case, "set": study.set_name + (" held out" if is_unseen else " trained on")}
            row |= {"patient": study.name, "variant": variant, "fold": -1}
            table.writerow(row | _truth(study))


if __name__ == "__main__":
    main()
