# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The labeled real slices, all on the 1 mm grid, with the classes that each source labels."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import nibabel
import numpy as np
from common.bodies import load_volume, numbers_from_below
from PIL import Image

from . import held_out
from .classes import BACKGROUND, CHANNEL_COUNT, CHANNEL_NAMES, PARASPINAL, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY
from .preprocessing import resample_labels_to_grid, resample_to_grid
from .shapes import DIXON_CHANNELS, T1LIKE_CHANNELS, axial_volume_labels, read_mask_png

# axial_masks_l45 and axial_unlabelled do not state their spacing; this is plausible for 320 pixels and 220 mm.
NOMINAL_PNG_SPACING_MM = 0.6875
HAND_OUTLINES = Path(__file__).with_name("hand_outlines.json")
REDRAWN_OUTLINES = Path(__file__).with_name("redrawn_outlines.json")
CORRECTED_OUTLINES = Path(__file__).with_name("corrected_outlines.json")
DIXON_OUTLINES = Path(__file__).with_name("dixon_outlines.json")
# Overlapping polygons: the later one is on top.
HAND_PAINTING_ORDER = ("psoas_right", "psoas_left", "vertebral_body", "es_right", "es_left", "mf_right", "mf_left")
SMALLEST_LABELED_PIXELS = 500
VERTEBRAE_PER_SUBJECT = 5  # L5 to L1
# Heights within a vertebral body (0 uppermost voxel, 1 lowest) clear of its tilted endplates.
VERTEBRA_CUTS = (0.35, 0.5, 0.65)

MUSCLES_ONLY = frozenset(PARASPINAL)
ALL_BUT_QUADRATUS = frozenset((*PARASPINAL, VERTEBRAL_BODY, PSOAS_RIGHT, PSOAS_LEFT))
BODY_ONLY = frozenset({VERTEBRAL_BODY})
ALL_BUT_BODY = frozenset(range(1, CHANNEL_COUNT)) - {VERTEBRAL_BODY}


@dataclass
class RealSlice:
    """One slice on the grid. A Dixon slice has two images (fat, water), any other one."""

    kind: str
    name: str
    images: list
    inside: np.ndarray
    labels: np.ndarray
    labeled: frozenset


def labeled_flags(labeled):
    """Boolean per channel; background always counts as labeled."""
    return np.array([channel == BACKGROUND or channel in labeled for channel in range(CHANNEL_COUNT)])


def on_grid(kind, name, images, labels, row_mm, column_mm, labeled):
    grids = [resample_to_grid(image, row_mm, column_mm) for image in images]
    labels = resample_labels_to_grid(labels, row_mm, column_mm, CHANNEL_COUNT)
    return RealSlice(kind, name, [grid for grid, _ in grids], grids[0][1], labels, frozenset(labeled))


def read_gray(path):
    return np.array(Image.open(path).convert("L")).astype(np.float32)


def axial_volume(path):
    """Slices (rows run posterior, columns to the patient's left), scaled by the volume's 99th percentile; spacing."""
    file = nibabel.load(path)
    volume = np.asarray(file.dataobj).astype(np.float32)
    volume /= np.percentile(volume, 99)
    column_mm, row_mm = file.header.get_zooms()[:2]
    return [volume[:, :, k].T for k in range(volume.shape[2])], float(row_mm), float(column_mm)


def load_dixon(data):
    """The Dixon slices with the experts' muscles."""
    return _load_dixon(data, {})


def load_dixon_drafted(data):
    """The same with body and psoas, which networks drafted and an eye looked at: to learn from, not to judge by."""
    return _load_dixon(data, json.loads(DIXON_OUTLINES.read_text())["slices"])


def _load_dixon(data, outlines):
    slices = []
    for subject in ("subject01", "subject02"):
        folder = Path(data) / "dixon_l2_l5"
        fat, row_mm, column_mm = axial_volume(folder / f"{subject}_fat.nii.gz")
        water, _, _ = axial_volume(folder / f"{subject}_water.nii.gz")
        labels = axial_volume_labels(folder / f"{subject}_labels.nii.gz", DIXON_CHANNELS)
        for k, pair in enumerate(zip(fat, water)):
            if (labels[k] > 0).sum() >= SMALLEST_LABELED_PIXELS:
                drafted, structures = _painted(outlines.get(f"{subject}/{k}", {}), labels[k].shape)
                all_labels = np.where(labels[k] > 0, labels[k], drafted)
                labeled = MUSCLES_ONLY | structures
                slices.append(on_grid("dixon", f"{subject}/{k}", pair, all_labels, row_mm, column_mm, labeled))
    return slices


def load_t1like(data):
    folder = Path(data) / "axial_t1like_l4"
    images, row_mm, column_mm = axial_volume(folder / "sub_0001_ses-abdomen_image.nii.gz")
    labels = axial_volume_labels(folder / "sub_0001_ses-abdomen_dseg.nii.gz", T1LIKE_CHANNELS)
    return [
        on_grid("t1like", str(k), [image], labels[k], row_mm, column_mm, ALL_BUT_BODY) for k, image in enumerate(images)
    ]


def load_vertebrae(data):
    """Axial reformats, 76 mm wide, through the five lumbar vertebral bodies of sagittal T2 volumes (1 mm voxels)."""
    slices = []
    for path in sorted((Path(data) / "sagittal_t2_vertebrae").glob("*_img.nii.gz")):
        volume, labels = load_volume(path)  # axes: down, back, sideways
        for n in numbers_from_below(labels)[:VERTEBRAE_PER_SUBJECT]:
            rows = np.nonzero((labels == n).any((1, 2)))[0]
            for part in VERTEBRA_CUTS:
                k = int(np.quantile(rows, part))
                body = np.where(labels[k] == n, VERTEBRAL_BODY, 0)
                slices.append(on_grid("vertebra", f"{path.name[:2]}/{k}", [volume[k]], body, 1.0, 1.0, BODY_ONLY))
    return slices


def load_pairs(data):
    """Expert L4/5 pairs: the two recovered ones and the matched ones."""
    data = Path(data)
    rows = [(f"axial_pairs_l45/{c}_00000_image_320.png", f"axial_pairs_l45/{c}_00000_label.png") for c in ("T2", "T1")]
    with open(data / "axial_pairs_l45/matched_pairs.csv", newline="") as file:
        rows += [(row["image"], row["mask"]) for row in csv.DictReader(file)]
    slices = []
    for image, mask in rows:
        pixels, labels = read_gray(data / image), read_mask_png(data / mask)
        spacing = NOMINAL_PNG_SPACING_MM * 320 / pixels.shape[1]
        labels = cv2.resize(labels, pixels.shape[::-1], interpolation=cv2.INTER_NEAREST)
        slices.append(on_grid("pair", image, [pixels], labels, spacing, spacing, MUSCLES_ONLY))
    return slices


def load_hand_outlined(data):
    """Slices outlined by eye from nothing, rather tightly: to judge by, not to learn from."""
    return _load_polygons(data, HAND_OUTLINES, "hand")


def load_redrawn(data):
    """The same slices with the outer border of the muscles where expert outlines have it: to learn from."""
    return _load_polygons(data, REDRAWN_OUTLINES, "hand")


def load_corrected(data):
    """Slices whose outlines a network drafted and an eye corrected."""
    return _load_polygons(data, CORRECTED_OUTLINES, "corrected")


def _load_polygons(data, file, kind):
    outlines = json.loads(file.read_text())["slices"]
    slices = []
    for name, polygons in outlines.items():
        image = read_gray(Path(data) / "axial_unlabelled" / name)
        labels, labeled = _painted(polygons, image.shape)
        slices.append(on_grid(kind, name, [image], labels, *[NOMINAL_PNG_SPACING_MM] * 2, labeled))
    return slices


def _painted(polygons, shape):
    """Label map of polygons by structure, and the channels of these structures."""
    labels = np.zeros(shape, np.uint8)
    for structure in HAND_PAINTING_ORDER:
        if structure in polygons:
            cv2.fillPoly(labels, [np.array(polygons[structure], np.int32)], CHANNEL_NAMES.index(structure))
    return labels, {CHANNEL_NAMES.index(structure) for structure in polygons}


def axial_unlabelled_names(data):
    """Axial slices of axial_unlabelled that may be trained on, without the held-out patient's."""
    with open(Path(data) / "axial_unlabelled/view_index.csv", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file) if row["view_guess"] == "axial"]
    return [name for name in names if name not in held_out.SHIPPED.images]


def load_pseudo_labeled(data, path):
    """Slices of axial_unlabelled with the screened labels that pseudo_labels.py wrote."""
    stored = np.load(path)
    slices = []
    for name, labels, psoas_trusted in zip(stored["name"], stored["labels"], stored["psoas_trusted"]):
        grid, inside = resample_to_grid(
            read_gray(Path(data) / "axial_unlabelled" / name), *[NOMINAL_PNG_SPACING_MM] * 2
        )
        labeled = ALL_BUT_QUADRATUS if psoas_trusted else ALL_BUT_QUADRATUS - {PSOAS_RIGHT, PSOAS_LEFT}
        labels = np.where(np.isin(labels, list(labeled)), labels, 0)
        slices.append(RealSlice("pseudo", str(name), [grid], inside, labels, labeled))
    return slices
