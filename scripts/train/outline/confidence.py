# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""How well measures of confidence tell good outlines from bad ones, and lumbar slices from other images.

Three measures of each outlined structure, all from the two passes (the slice and its mirror image) that the program
makes anyway: mean probability of the winning class, Dice of one pass with the other, and the smaller over the larger
of their areas. They are compared with Dice on labeled slices, clean and spoiled. The limits of
pipeline/study/outlines/check_outlines.cpp come from this. Needs python3-pydicom besides what training needs.
"""

import argparse
import csv
import warnings
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

from . import score, sources
from .classes import CHANNEL_NAMES, PARASPINAL, PSOAS_LEFT, VERTEBRAL_BODY
from .inference import dice, load_network, tidy_labels, two_passes
from .preprocessing import resample_to_grid

STRUCTURES = range(1, PSOAS_LEFT + 1)
MEASURES = ("mean probability", "Dice of the passes", "ratio of their areas")
BAD_DICE, GOOD_DICE = 0.75, 0.85
LIMITS = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.88, 0.90)
DIXON_STEP = 4
SYNTHETIC_COUNT = 50


def confidence_of(straight, mirrored):
    """Labels of both passes together, and of each structure that they hold its three measures."""
    mean = (straight + mirrored) / 2
    winner = mean.argmax(0)
    first, second = straight.argmax(0), mirrored.argmax(0)
    measures = {}
    for channel in STRUCTURES:
        if (winner == channel).any():
            areas = sorted(((first == channel).sum(), (second == channel).sum()))
            probability = mean[channel][winner == channel].mean()
            ratio = areas[0] / max(areas[1], 1)
            measures[channel] = (float(probability), float(np.nan_to_num(dice(first, second, channel))), float(ratio))
    return tidy_labels(mean), measures


def blurred(grid, inside):
    return cv2.GaussianBlur(grid, (0, 0), 2.5), inside


def noisy(grid, inside):
    rng = np.random.default_rng(0)
    sigma = 0.15 * np.percentile(grid, 99)
    real = grid + sigma * rng.standard_normal(grid.shape)
    return np.hypot(real, sigma * rng.standard_normal(grid.shape)).astype(np.float32), inside


def flat(grid, inside):
    """Little contrast between muscle and fat."""
    return np.where(inside, np.clip(grid, 0, None) ** 0.35, 0).astype(np.float32), inside


def shaded(grid, inside):
    """A steep fall of brightness from the patient's right to the left."""
    return (grid * np.exp(np.linspace(1.2, -1.8, grid.shape[1], dtype=np.float32))), inside


SPOILS = {"clean": lambda *one: one, "blurred": blurred, "noisy": noisy, "flat": flat, "shaded": shaded}


def labeled_sets(options):
    """(name, slices) with outlines to compare with."""
    yield "held-out pairs", score.held_out_of(sources.load_pairs(options.data))
    yield "hand-drawn (in training)", sources.load_hand_outlined(options.data)
    yield "Dixon composites (in training)", score.dixon_composites(options.data)[::DIXON_STEP]
    yield "synthetic, unseen", score.synthetic_slices(options.synthetic)[:SYNTHETIC_COUNT]


def other_images(data):
    """(kind, grid, inside) of the unlabeled axial slices, of other views, and of DICOM of other body parts."""
    data = Path(data)
    with open(data / "axial_unlabelled/view_index.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        image = sources.read_gray(data / "axial_unlabelled" / row["file"])
        spacing = sources.NOMINAL_PNG_SPACING_MM * 320 / image.shape[1]
        yield row["view_guess"], *resample_to_grid(image, spacing, spacing)
    for path in sorted((data / "dicom_conformance").rglob("*.dcm")):
        image = read_mr(path)
        if image is not None:
            yield "DICOM of another part", *image


def read_mr(path):
    """(grid, inside) of a single MR image that pydicom can read, else None."""
    import pydicom  # needed here alone

    warnings.simplefilter("ignore")  # the folder is full of files that are broken on purpose
    try:
        file = pydicom.dcmread(path)
        pixels = file.pixel_array
        row_mm, column_mm = map(float, file.PixelSpacing)
    except Exception:
        return None
    if file.Modality != "MR" or pixels.ndim != 2 or min(pixels.shape) < 32 or np.ptp(pixels) == 0:
        return None
    return resample_to_grid(pixels, row_mm, column_mm)


def rank_correlation(first, second):
    ranks = [np.argsort(np.argsort(values)) for values in (first, second)]
    return np.corrcoef(*ranks)[0, 1]


def print_table(rows):
    """Rank correlation with Dice, then shares of bad and good outlines that each limit would flag."""
    values = np.array([row[2:] for row in rows])
    overlap, measures = values[:, 0], values[:, 1:]
    bad, good = overlap < BAD_DICE, overlap > GOOD_DICE
    print(f"{len(rows)} outlines, {bad.sum()} with Dice < {BAD_DICE}, {good.sum()} with Dice > {GOOD_DICE}")
    for k, name in enumerate(MEASURES):
        print(f"{name}: rank correlation with Dice {rank_correlation(measures[:, k], overlap):.2f}")
        for limit in LIMITS:
            below = measures[:, k] < limit
            print(f"  < {limit:.2f}: flags {below[bad].mean():.2f} of the bad, {below[good].mean():.3f} of the good")


def lumbar_confidence(measures):
    """Mean probability over the four muscles and, where there is one, the body; nan without one of the muscles."""
    values = [measures[channel][0] if channel in measures else np.nan for channel in PARASPINAL]
    if VERTEBRAL_BODY in measures:
        values.append(measures[VERTEBRAL_BODY][0])
    return np.mean(values)


def labeled_rows(network, options):
    """(set, channel, Dice, three measures) of every outlined structure whose truth is known, printed by set; and the
    lumbar confidence of every slice by spoil."""
    rows, whole = [], defaultdict(list)
    for name, slices in labeled_sets(options):
        for spoil, spoiled in SPOILS.items():
            start = len(rows)
            for one in slices:
                labels, measures = confidence_of(*two_passes(network, *spoiled(one.images[0], one.inside)))
                whole[spoil].append(lumbar_confidence(measures))
                for channel in one.labeled & set(measures):
                    overlap = np.nan_to_num(dice(labels, one.labels, channel))
                    rows.append((name, channel, overlap, *measures[channel]))
            means = [f"{mean:.3f}" for mean in np.mean([row[2:] for row in rows[start:]], axis=0)]
            print(f"{name}, {spoil}: Dice {means[0]}, mean probability {means[1]}, passes {means[2]}", flush=True)
    return rows, whole


def print_structures(rows):
    for channel in STRUCTURES:
        bad = [row[3] for row in rows if row[1] == channel and row[2] < BAD_DICE]
        good = [row[3] for row in rows if row[1] == channel and row[2] > GOOD_DICE]
        quantiles = [np.quantile(v, (0.05, 0.5, 0.95)).round(2) if v else "none" for v in (bad, good)]
        print(f"{CHANNEL_NAMES[channel]}: probability of bad (5, 50, 95 %) {quantiles[0]}, of good {quantiles[1]}")


def print_refusals(kinds):
    """By kind of image: how many lack a muscle, and how many more lie below each limit of lumbar confidence."""
    for kind, values in kinds.items():
        values = np.array(values)
        complete = values[np.isfinite(values)]
        below = ", ".join(f"< {limit:.2f}: {(complete < limit).sum()}" for limit in LIMITS)
        print(f"{kind}: {len(values)} images, {len(values) - len(complete)} without one of the muscles, then {below}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--synthetic", required=True, help="NPZ file of generator.py with a seed not used in training")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.checkpoint)
    rows, kinds = labeled_rows(network, options)
    print_table(rows)
    print_structures(rows)
    for kind, grid, inside in other_images(options.data):
        _, measures = confidence_of(*two_passes(network, grid, inside))
        kinds[kind].append(lumbar_confidence(measures))
    print_refusals(kinds)


if __name__ == "__main__":
    main()
