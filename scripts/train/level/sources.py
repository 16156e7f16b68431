# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The labeled sagittal slices and volumes, all brought to 1 mm pixels, rows from head to feet, front on the left."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from common.bodies import load_volume, numbers_from_below
from PIL import Image

from .classes import IGNORED, S1, S2
from .painting import finish_labels
from .preprocessing import antialias

OUTLINES = json.loads(Path(__file__).with_name("hand_outlines.json").read_text())
SPIDER_OUTLINES = json.loads(Path(__file__).with_name("spider_outlines.json").read_text())["slices"]

# Slices further from the middle show no bodies; the outlines of the sacrum hold this far from the middle slice.
KEPT_MM = 24
SACRUM_MM = 12
# axial_unlabelled and sagittal_png do not state their spacing. The first: bodies 34-37 mm apart at this field of view.
UNLABELED_FIELD_MM = 280.0
TYPICAL_PITCH_MM = 36.0
# Colors of the masks of sagittal_png, from L5 up.
MASK_COLORS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255), (128, 128, 128))
BODY_NAMES = ("L5", "L4", "L3", "L2", "L1", "T12", "T11")  # by number
# Gray values of the masks of sagittal_t2_spider, and what survives of a body in front of the canal, in its pixels.
SPIDER_VERTEBRA, SPIDER_CANAL = 76, 150
SPIDER_OPENING, SPIDER_SMALLEST_BODY = 15, 900


@dataclass
class Volume:
    """Neighboring slices 1 mm apart (or a single one) with labels. name: of the subject or patient."""

    kind: str
    name: str
    images: np.ndarray  # slices, rows, columns; float32
    labels: np.ndarray  # uint8 channels, IGNORED where unknown
    bodies: list = field(default_factory=list)  # masks' (row, column, height), from L5 up, in the middle slice
    sacrum_marked: bool = True

    @property
    def middle(self):
        return len(self.images) // 2


def _fill(shape, polygon, value=1):
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32)], value)
    return mask


def _body_places(by_body):
    places = []
    for mask in by_body:
        rows, columns = np.nonzero(mask)
        if rows.size:
            places.append((rows.mean(), columns.mean(), rows.size / max(np.ptp(columns) + 1, 1)))
    return places


def _volume(kind, name, images, body_numbers, sacrum):
    """Volume from the numbers of bodies (0 none, 1 L5, 2 L4 ...) per slice and the sacrum's polygons or None."""
    labels = np.zeros(body_numbers.shape, np.uint8)
    middle = len(images) // 2
    for k, numbers in enumerate(body_numbers):
        near = abs(k - middle) <= SACRUM_MM
        labels[k] = finish_labels(numbers, sacrum, near)
    count = int(body_numbers.max())
    places = _body_places([body_numbers[middle] == number for number in range(1, count + 1)])
    # The grid is coarser than these pixels: blur once here instead of in every crop.
    images = np.stack([antialias(image.astype(np.float32), 1.0, 1.0) for image in images])
    return Volume(kind, name, images / max(np.percentile(images, 99.5), 1e-6), labels, places, sacrum is not None)


def _load_nifti(path):
    """Images and body numbers (1 = most inferior) as slices x rows x columns; only slices near the middle."""
    image, labels = load_volume(path)
    numbers = np.zeros(labels.shape, np.uint8)
    for number, n in enumerate(numbers_from_below(labels), start=1):
        numbers[labels == n] = number
    middle = int(round(np.nonzero(labels)[2].mean()))
    kept = slice(middle - KEPT_MM, middle + KEPT_MM + 1)
    return image[:, :, kept].transpose(2, 0, 1), numbers[:, :, kept].transpose(2, 0, 1)


def load_t2(data):
    """The subjects of sagittal_t2_vertebrae."""
    for name, outlines in OUTLINES["sagittal_t2_vertebrae"]["subjects"].items():
        path = Path(data) / f"sagittal_t2_vertebrae/{name}_img.nii.gz"
        images, numbers = _load_nifti(path)
        sacrum = {S1: np.array(outlines["S1"], float), S2: np.array(outlines["S2"], float)}
        yield _volume("t2", name, images, numbers, sacrum)


def load_water(data):
    """The subjects of sagittal_water_vertebrae; their images end just below L5 and have no outline of the sacrum."""
    for path in sorted((Path(data) / "sagittal_water_vertebrae").glob("*_img.nii.gz")):
        yield _volume("water", "water_" + path.name[:2], *_load_nifti(path), None)


def _main_piece(mask):
    """The vertebral body of a mask that may hold the arch too: what survives an opening, largest piece."""
    radius = max(2, int(0.15 * np.sqrt(mask.sum())))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disc)
    count, pieces, statistics, _ = cv2.connectedComponentsWithStats(opened)
    return pieces == 1 + np.argmax(statistics[1:, 4]) if count > 1 else np.zeros(mask.shape, bool)


def _to_millimeters(image, scale, interpolation):
    if interpolation == cv2.INTER_LINEAR:
        image = antialias(image, 1.0, 1.0, pixel_mm=max(1.0 / scale, 1.0))
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=interpolation)


def load_png(data):
    """The slices of sagittal_png with an outlined sacrum. They are stored upside down."""
    folder = Path(data) / "sagittal_png"
    for name, outlines in OUTLINES["sagittal_png"]["slices"].items():
        image = np.array(Image.open(folder / f"images/{name}.png").convert("L")).astype(np.float32)[::-1]
        colors = np.array(Image.open(folder / f"masks/{name}.png").convert("RGB")).astype(int)[::-1]
        numbers, places = np.zeros(image.shape, np.uint8), []
        for number, color in enumerate(MASK_COLORS, start=1):
            mask = np.abs(colors - np.array(color)).sum(-1) < 60
            body = _main_piece(mask) if mask.sum() > 200 else np.zeros(mask.shape, bool)
            numbers[mask] = IGNORED
            numbers[body] = number
            if body.any():
                places.append(np.argwhere(body).mean(0))
        pitch = np.median(np.linalg.norm(np.diff(places[:5], axis=0), axis=1))
        scale = TYPICAL_PITCH_MM / pitch
        image = _to_millimeters(np.ascontiguousarray(image), scale, cv2.INTER_LINEAR)
        numbers = _to_millimeters(numbers, scale, cv2.INTER_NEAREST)
        sacrum = {S1: np.array(outlines["S1"]) * scale, S2: np.array(outlines["S2"]) * scale}
        yield _volume("png", name, image[None], numbers[None], sacrum)


def load_unlabeled(data):
    """The marked slices of axial_unlabelled, each with its patient's outlines."""
    for patient, record in OUTLINES["axial_unlabelled"]["patients"].items():
        for contrast in ("t2", "t1"):
            for file in record[f"{contrast}_slices"]:
                image = np.array(Image.open(Path(data) / "axial_unlabelled" / file).convert("L")).astype(np.float32)
                image = _to_millimeters(image, UNLABELED_FIELD_MM / image.shape[0], cv2.INTER_LINEAR)
                numbers = np.zeros(image.shape, np.uint8)
                polygons = {n: np.array(p) / 1000 * UNLABELED_FIELD_MM for n, p in record["outlines"].items()}
                for number, name in enumerate(BODY_NAMES, start=1):
                    if name in polygons:
                        numbers[_fill(image.shape, polygons[name]) > 0] = number
                sacrum = {S1: polygons["S1"], S2: polygons["S2"]}
                yield _volume("unlabeled_" + contrast, patient, image[None], numbers[None], sacrum)


def _spider_numbers(mask):
    """Bodies from L5 up, of the vertebrae in front of the canal; IGNORED where arches are."""
    vertebra, canal = mask == SPIDER_VERTEBRA, mask == SPIDER_CANAL
    rows = np.nonzero(canal.any(1))[0]
    front = np.interp(np.arange(len(mask)), rows, canal[rows].argmax(1))
    before = vertebra & (np.arange(mask.shape[1])[None] <= front[:, None])
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (SPIDER_OPENING, SPIDER_OPENING))
    opened = cv2.morphologyEx(before.astype(np.uint8), cv2.MORPH_OPEN, disc)
    count, pieces, statistics, centers = cv2.connectedComponentsWithStats(opened)
    whole = [n for n in range(1, count) if statistics[n, cv2.CC_STAT_AREA] > SPIDER_SMALLEST_BODY]
    numbers = np.where(vertebra, IGNORED, 0).astype(np.uint8)
    places = []
    for number, piece in enumerate(sorted(whole, key=lambda n: -centers[n][1]), start=1):
        numbers[pieces == piece] = number
        places.append(centers[piece][::-1])
    return numbers, np.array(places)


def load_spider(data):
    """The slices of sagittal_t2_spider with an outlined sacrum. name: of the patient."""
    folder = Path(data) / "sagittal_t2_spider"
    for name, outlines in SPIDER_OUTLINES.items():
        image = np.array(Image.open(folder / f"images/{name}.png").convert("L")).astype(np.float32)
        numbers, places = _spider_numbers(np.array(Image.open(folder / f"masks/{name}.png").convert("L")))
        scale = TYPICAL_PITCH_MM / np.median(np.linalg.norm(np.diff(places[:5], axis=0), axis=1))
        image = _to_millimeters(image, scale, cv2.INTER_LINEAR)
        numbers = _to_millimeters(numbers, scale, cv2.INTER_NEAREST)
        sacrum = {S1: np.array(outlines["S1"]) * scale, S2: np.array(outlines["S2"]) * scale}
        yield _volume("spider", "spider_" + name[:3], image[None], numbers[None], sacrum)
