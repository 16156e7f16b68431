# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write sagittal slices with experts' masks of vertebral bodies as DICOM studies, as they are and with made fractures.

images/CASE and masks/CASE hold the same slices; a mask's values are the numbers of bodies, 1 the L5. truth.csv lists
the cases.
"""

import argparse
import csv
from pathlib import Path
from types import SimpleNamespace

import cv2
import nibabel
import numpy as np
from common.bodies import load_volume, numbers_from_below
from PIL import Image

from .cases import LARGEST_VALUE, _protocol, dicom_file
from .held_out import SPIDER_TEST_PATIENTS
from .sources import (
    SPIDER_CANAL,
    SPIDER_OPENING,
    SPIDER_SMALLEST_BODY,
    SPIDER_VERTEBRA,
    TYPICAL_PITCH_MM,
)
from .study import SLICE_HALF_THICKNESS, SLICE_MM, SLICES_EACH_SIDE

COLUMNS = ("case", "set", "patient", "variant", "fold")
# S1 is the lowest body of these masks; the others are L5, L4 ...
PATHOLOGIC = ("12", "15", "17")
KINDS = ("wedge", "biconcave", "crush")
LEAST_LEFT, MOST_LEFT = 0.5, 0.9
MADE_PER_CASE = 2
# Pixels that the opening, which cuts off the arch, takes from the corners of a body, and that are given back.
CORNER_PX = 4
# The canal is 15 to 20 mm deep, a pixel 0.4 to 0.6 mm.
CANAL_PX, CANAL_SHARE = 12, 0.95


def _stack(volume, labels, numbers, middle):
    """Thick slices and the numbers of bodies at the middle of each."""
    ks = middle + np.arange(-SLICES_EACH_SIDE, SLICES_EACH_SIDE + 1) * int(SLICE_MM)
    ks = [k for k in ks if SLICE_HALF_THICKNESS <= k < volume.shape[2] - SLICE_HALF_THICKNESS]
    half = SLICE_HALF_THICKNESS
    slices = np.stack([volume[:, :, k - half : k + half + 1].mean(2) for k in ks])
    counted = np.zeros(labels.shape, np.uint8)
    for number, n in enumerate(numbers, start=1):
        counted[labels == n] = number
    return slices, np.stack([counted[:, :, k] for k in ks])


def _volumes(data, folder, pattern):
    for path in sorted((Path(data) / folder).glob(pattern)):
        image, labels = load_volume(path)
        middle = int(round(np.nonzero(labels)[2].mean()))
        yield path.name[:2], *_stack(image, labels, numbers_from_below(labels), middle)


def _pathologic(data):
    for name in PATHOLOGIC:
        folder = Path(data) / "sagittal_t2_pathologic"
        image = np.asarray(nibabel.load(folder / f"{name}_image.nii.gz").dataobj).astype(np.float32)
        labels = np.asarray(nibabel.load(folder / f"{name}_mask.nii.gz").dataobj)[..., : image.shape[2]]
        middle = int(round(np.nonzero(labels)[2].mean()))
        yield name, *_stack(image, labels, numbers_from_below(labels)[1:], middle)


def _spider_bodies(mask):
    """As sources._spider_numbers, with whole corners, and the centers of all bodies from L5 up.

    Only bodies with the canal behind all their height have a number: beside it an arch may be joined to them.
    """
    vertebra = mask == SPIDER_VERTEBRA
    numbers = np.zeros(mask.shape, np.uint8)
    _, parts, statistics, _ = cv2.connectedComponentsWithStats((mask == SPIDER_CANAL).astype(np.uint8))
    canal = parts == 1 + np.argmax(statistics[1:, cv2.CC_STAT_AREA]) if len(statistics) > 1 else parts > 0
    rows = np.nonzero(canal.any(1))[0]
    if rows.size == 0:
        return numbers, np.zeros((0, 2))
    front = np.interp(np.arange(len(mask)), rows, canal[rows].argmax(1))
    before = vertebra & (np.arange(mask.shape[1])[None] <= front[:, None])
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (SPIDER_OPENING, SPIDER_OPENING))
    opened = cv2.morphologyEx(before.astype(np.uint8), cv2.MORPH_OPEN, disc)
    count, pieces, statistics, centers = cv2.connectedComponentsWithStats(opened)
    whole = [n for n in range(1, count) if statistics[n, cv2.CC_STAT_AREA] > SPIDER_SMALLEST_BODY]
    whole.sort(key=lambda n: -centers[n][1])
    grow = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * CORNER_PX + 1, 2 * CORNER_PX + 1))
    for number, piece in enumerate(whole, start=1):
        body = pieces == piece
        behind = canal[np.nonzero(body.any(1))[0]].sum(1) >= CANAL_PX
        if behind.mean() >= CANAL_SHARE:
            numbers[(cv2.dilate(body.astype(np.uint8), grow) > 0) & before & (numbers == 0)] = number
    return numbers, np.array([centers[piece][::-1] for piece in whole])


def _spider(data):
    """(patient, slice, pixel size, image, numbers) of slices that show five bodies, three of them in their middle."""
    folder = Path(data) / "sagittal_t2_spider"
    for path in sorted((folder / "images").glob("*.png")):
        numbers, places = _spider_bodies(np.array(Image.open(folder / "masks" / path.name).convert("L")))
        if len(places) < 5 or len(np.unique(numbers)) < 4:
            continue
        pitch = np.median(np.linalg.norm(np.diff(places[:5], axis=0), axis=1))
        image = np.array(Image.open(path).convert("L")).astype(np.float32)
        yield path.stem[:3], path.stem, TYPICAL_PITCH_MM / pitch, image[None], numbers[None]


def _places(numbers):
    """(number, row, column, height) of the bodies of a slice, from L5 up."""
    places = []
    for number in range(1, numbers.max() + 1):
        rows, columns = np.nonzero(numbers == number)
        if rows.size:
            places.append((number, rows.mean(), columns.mean(), rows.size / (np.ptp(columns) + 1)))
    return places


def _broken(rng, kind, slices, numbers):
    """One body between the ends loses height along the spine; what lies above and below moves up to it."""
    middle = numbers[len(numbers) // 2]
    places = _places(middle)
    index = int(rng.integers(0, len(places) - 1))
    number, row, column, tall = places[index]
    axis = np.array(places[max(index - 1, 0)][1:3]) - np.array(places[index + 1][1:3])
    axis /= np.linalg.norm(axis)
    y, x = np.mgrid[: middle.shape[0], : middle.shape[1]].astype(np.float32)
    along = (y - row) * axis[0] + (x - column) * axis[1]
    across = (x - column) * axis[0] - (y - row) * axis[1]
    depth = (middle == number).sum() / tall
    place = np.clip(across / depth, -0.5, 0.5)  # The front is at -0.5.
    lost = 1 - rng.uniform(LEAST_LEFT, MOST_LEFT)
    share = {"wedge": 0.5 - place, "biconcave": 1 - (2 * place) ** 2, "crush": np.ones_like(place)}[kind]
    left = 1 - lost * share
    limit = tall / 2 * (1 - left)
    move = np.clip(along * (1 / left - 1), -limit, limit)
    y, x = (y + move * axis[0]).astype(np.float32), (x + move * axis[1]).astype(np.float32)
    return (
        np.stack([cv2.remap(one, x, y, cv2.INTER_LINEAR, borderValue=0) for one in slices]),
        np.stack([cv2.remap(one, x, y, cv2.INTER_NEAREST, borderValue=0) for one in numbers]),
    )


def _sets(data):
    """(set, patient, case, pixel size, slices, numbers, whether fractures are made of it, whether it was seen)."""
    for name, slices, numbers in _volumes(data, "sagittal_t2_vertebrae", "*_img.nii.gz"):
        yield "sagittal_t2_vertebrae", name, name, 1.0, slices, numbers, True, True
    for name, slices, numbers in _pathologic(data):
        yield "sagittal_t2_pathologic", name, name, 1.0, slices, numbers, True, False
    for name, slices, numbers in _volumes(data, "sagittal_water_vertebrae", "*_img.nii.gz"):
        yield "sagittal_water_vertebrae", name, name, 1.0, slices, numbers, False, True
    seen = set()
    for patient, name, pixel_mm, slices, numbers in _spider(data):
        is_new = patient not in seen
        seen.add(patient)
        trained = f"spider_{patient}" not in SPIDER_TEST_PATIENTS
        yield "sagittal_t2_spider", patient, name, pixel_mm, slices, numbers, is_new, trained


def cases(data, seed):
    for index, (name, patient, case, pixel_mm, slices, numbers, is_broken, trained) in enumerate(_sets(data)):
        row = {"set": f"{name} {'trained on' if trained else 'held out'}", "patient": patient, "fold": -1}
        yield row | {"case": f"{name}_{case}", "variant": "intact"}, pixel_mm, slices, numbers
        if not is_broken:
            continue
        rng = np.random.default_rng([seed, index])
        for number, kind in enumerate(rng.choice(KINDS, MADE_PER_CASE, replace=False)):
            made = _broken(rng, str(kind), slices, numbers)
            yield row | {"case": f"{name}_{case}_{kind}_{number}", "variant": str(kind)}, pixel_mm, *made


def _write(slices, pixel_mm, case, folder):
    patient = SimpleNamespace(
        name="Bone^Test", identifier=case, sex="O", age_years=60, height_m=1.7, weight_kg=70
    )  # fmt: skip
    for k, pixels in enumerate(slices):
        plane = SimpleNamespace(
            origin_mm=((k - len(slices) // 2) * SLICE_MM, 0.0, 0.0), along_columns=(0.0, 1.0, 0.0),
            along_rows=(0.0, 0.0, -1.0), normal=(-1.0, 0.0, 0.0), row_mm=pixel_mm, column_mm=pixel_mm,
            rows=pixels.shape[0], columns=pixels.shape[1],
        )  # fmt: skip
        dataset = dicom_file.mr_dataset(patient, _protocol(), k + 1, plane, pixels.astype(np.uint16))
        dicom_file.write(dataset, folder / case / f"{k + 1:02d}.dcm")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--seed", type=int, default=26)
    options = parser.parse_args()
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.csv", "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for row, pixel_mm, slices, numbers in cases(options.data, options.seed):
            gain = LARGEST_VALUE / max(np.percentile(slices, 99.9), 1e-6)
            _write(np.clip(np.round(slices * gain), 0, 4095), pixel_mm, row["case"], folder / "images")
            _write(numbers, pixel_mm, row["case"], folder / "masks")
            table.writerow(row)


if __name__ == "__main__":
    main()
