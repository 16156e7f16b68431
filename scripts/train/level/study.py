# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Sagittal studies with known vertebrae, to test the program on: slices, outlines of what is labeled, truth."""

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import nibabel
import numpy as np
from PIL import Image

from .sources import OUTLINES, UNLABELED_FIELD_MM

SLICE_MM = 4.0
SLICES_EACH_SIDE = 5
SLICE_HALF_THICKNESS = 1  # voxels of 1 mm averaged on each side
ENDPLATE_SLICES_MM = 12
ENDPLATE_DEPTH = 0.8


@dataclass
class Study:
    """Slices SLICE_MM apart (or one) and points in (row, column) pixels, per slice where they differ between slices.

    endplate: (slice, row, column) points of L3's inferior endplate; bodies: mask per name in the middle slice.
    """

    set_name: str
    name: str
    slices: np.ndarray
    pixel_mm: float
    endplate: np.ndarray
    bodies: dict
    sacrum: np.ndarray  # outline of S1, (row, column)
    pitch_mm: float
    middle_slice: float = 0.0  # of L3, as a fraction between slices

    def with_slices(self, slices, **changes):
        return replace(self, slices=np.asarray(slices, np.float32), **changes)


def _lower_edge(mask):
    """(row, column) of the lower edge over the central part of a body's depth."""
    columns = np.nonzero(mask.any(0))[0]
    margin = (1 - ENDPLATE_DEPTH) / 2 * np.ptp(columns)
    kept = columns[(columns >= columns.min() + margin) & (columns <= columns.max() - margin)]
    return np.array([(np.nonzero(mask[:, column])[0].max() + 0.5, column) for column in kept])


def _pitch(bodies, pixel_mm):
    centers = [np.argwhere(bodies[name]).mean(0) for name in ("L4", "L3", "L2")]
    return float(np.linalg.norm(centers[0] - centers[2]) / 2 * pixel_mm)


def t2_studies(data):
    """The subjects of sagittal_t2_vertebrae as series of thick slices."""
    for name, outlines in OUTLINES["sagittal_t2_vertebrae"]["subjects"].items():
        path = Path(data) / f"sagittal_t2_vertebrae/{name}_img.nii.gz"
        image = np.asarray(nibabel.load(path).dataobj).astype(np.float32)
        labels = np.asarray(nibabel.load(str(path).replace("_img", "_seg")).dataobj)[:, :, : image.shape[2]]
        numbers = sorted((n for n in np.unique(labels) if n), key=lambda n: -np.nonzero(labels == n)[0].mean())
        middle = int(round(np.nonzero(labels)[2].mean()))
        ks = middle + np.arange(-SLICES_EACH_SIDE, SLICES_EACH_SIDE + 1) * int(SLICE_MM)
        half = SLICE_HALF_THICKNESS
        slices = np.stack([image[:, :, k - half : k + half + 1].mean(2) for k in ks])
        bodies = {f"L{5 - i}": labels[:, :, middle] == n for i, n in enumerate(numbers[:5])}
        l3 = labels == numbers[2]
        center = np.nonzero(l3)[2].mean()
        points = [
            np.insert(_lower_edge(l3[:, :, k]), 0, index, axis=1)
            for index, k in enumerate(ks)
            if abs(k - center) <= ENDPLATE_SLICES_MM and l3[:, :, k].any()
        ]
        sacrum = np.array(outlines["S1"], float)[:, ::-1]
        middle_slice = float(center - ks[0]) / SLICE_MM
        yield Study(
            "sagittal_t2", name, slices, 1.0, np.concatenate(points), bodies, sacrum, _pitch(bodies, 1.0), middle_slice
        )


def _unlabeled_study(data, patient, outlines, file):
    image = np.array(Image.open(Path(data) / "axial_unlabelled" / file).convert("L")).astype(np.float32)
    size = image.shape[0]
    bodies = {}
    for name in ("L5", "L4", "L3", "L2", "L1"):
        mask = np.zeros(image.shape, np.uint8)
        cv2.fillPoly(mask, [np.round(np.array(outlines[name]) / 1000 * size).astype(np.int32)], 1)
        bodies[name] = mask > 0
    endplate = np.insert(_lower_edge(bodies["L3"]), 0, 0, axis=1)
    sacrum = np.array(outlines["S1"], float)[:, ::-1] / 1000 * size
    pixel_mm = UNLABELED_FIELD_MM / size
    pitch = _pitch(bodies, pixel_mm)
    return Study("other_scanners", f"{patient}", image[None], pixel_mm, endplate, bodies, sacrum, pitch)


def unlabeled_studies(data, contrast="t2"):
    """(file, study) of every marked slice of axial_unlabelled, one slice a study."""
    for patient, record in OUTLINES["axial_unlabelled"]["patients"].items():
        for file in record[f"{contrast}_slices"]:
            yield file, _unlabeled_study(data, patient, record["outlines"], file)
