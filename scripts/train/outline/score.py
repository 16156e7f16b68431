# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Dice and area per structure on the held-out real pairs, the Dixon composites and unseen synthetic slices, as a
Markdown table."""

import argparse
from collections import defaultdict

import numpy as np

from . import held_out, sources
from .classes import CHANNEL_COUNT, CHANNEL_NAMES, PARASPINAL, VERTEBRAL_BODY
from .inference import area_ratio, dice, load_network, probabilities, tidy_labels
from .sources import RealSlice

# Fat and water shares of the composite that is scored: fat bright, muscle dark, as on T2.
COMPOSITE = (0.9, 0.35)
T2_PAIRS = ("T2_00000", "spine_0013", "spine_0030", "spine_0047", "spine_0061", "spine_0009")
ALL_STRUCTURES = frozenset(range(1, CHANNEL_COUNT))
OVERLAPS = (*CHANNEL_NAMES[1:], "four_muscles_as_one")
AREA_RATIOS = ("area_ratio_muscles", "area_ratio_body")


def dixon_composites(data, composite=COMPOSITE, load=sources.load_dixon):
    """The Dixon slices as one T2-like image each."""
    slices = load(data)
    for one in slices:
        fat, water = one.images
        one.images = [composite[0] * fat + composite[1] * np.clip(water, 0, None)]
    return slices


def synthetic_slices(path):
    stored = np.load(path)
    slices = []
    for image, labels, (first_row, end_row, first_column, end_column) in zip(
        stored["image"], stored["labels"], stored["field_of_view"]
    ):
        inside = np.zeros(image.shape, bool)
        inside[first_row:end_row, first_column:end_column] = True
        truth = np.where(inside, labels, 0)
        slices.append(RealSlice("synthetic", "", [image.astype(np.float32)], inside, truth, ALL_STRUCTURES))
    return slices


def score(network, slices):
    """Dice per structure and of the four muscles as one, area over the true one: mean, deviation, slices that count."""
    values = defaultdict(list)
    for one in slices:
        labels = tidy_labels(probabilities(network, one.images[0], one.inside))
        for channel in sorted(one.labeled):
            values[CHANNEL_NAMES[channel]].append(dice(labels, one.labels, channel))
        if one.labeled.issuperset(PARASPINAL):
            found, truth = np.isin(labels, PARASPINAL), np.isin(one.labels, PARASPINAL)
            values["four_muscles_as_one"].append(dice(found, truth, True))
            values["area_ratio_muscles"].append(area_ratio(labels, one.labels, PARASPINAL))
        if VERTEBRAL_BODY in one.labeled:
            values["area_ratio_body"].append(area_ratio(labels, one.labels, VERTEBRAL_BODY))
    return {name: (np.nanmean(v), np.nanstd(v), int(np.isfinite(v).sum())) for name, v in values.items()}


def row(name, slices, scores):
    """A table row; in brackets the slices that have a structure where not all do."""
    cells = dict.fromkeys((*OVERLAPS, *AREA_RATIOS), "")
    for structure, (mean, deviation, count) in scores.items():
        cells[structure] = f"{mean:.3f}"
        if structure in AREA_RATIOS:
            cells[structure] += f" ± {deviation:.3f}"
        elif count < len(slices):
            cells[structure] += f" ({count})"
    return f"| {name} | {len(slices)} | " + " | ".join(cells.values()) + " |"


def score_sets(options):
    """(name, slices) of every set asked for."""
    pairs = held_out_of(sources.load_pairs(options.data))
    yield "held-out real pairs, T2", [one for one in pairs if is_t2(one)]
    yield "held-out real pairs, T1", [one for one in pairs if not is_t2(one)]
    yield "hand-drawn slices (in training)", sources.load_hand_outlined(options.data)
    yield "Dixon composites (in training)", dixon_composites(options.data)
    yield "held-out vertebral bodies, 76 mm wide", held_out_of(sources.load_vertebrae(options.data))
    if options.synthetic:
        yield "synthetic, unseen", synthetic_slices(options.synthetic)


def held_out_of(slices):
    """Those that the shipped network has never seen."""
    return [one for one in slices if held_out.SHIPPED.has(one)]


def is_t2(pair):
    return any(part in pair.name for part in T2_PAIRS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--synthetic", help="NPZ file of generator.py with a seed not used in training")
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    print("| set | slices | " + " | ".join((*OVERLAPS, *AREA_RATIOS)) + " |")
    print("|---" * (2 + len(OVERLAPS) + len(AREA_RATIOS)) + "|")
    for name, slices in score_sets(options):
        print(row(name, slices, score(network, slices)), flush=True)


if __name__ == "__main__":
    main()
