# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Scores of patients that the judging network has never seen, from the networks of the folds, as Markdown tables."""

import argparse
from pathlib import Path

import numpy as np

from . import held_out, robustness, score, sources
from .classes import ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, PARASPINAL, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY
from .inference import area_ratio, dice, load_network, probabilities, tidy_labels

# Both sides of a structure count as two outlines of it.
STRUCTURES = {
    "multifidus": (MF_RIGHT, MF_LEFT),
    "erector spinae": (ES_RIGHT, ES_LEFT),
    "vertebral body": (VERTEBRAL_BODY,),
    "psoas": (PSOAS_RIGHT, PSOAS_LEFT),
}
# Fat and water shares: as scored elsewhere, fat brighter and muscle darker, and fat and muscle closer together.
COMPOSITES = {"": score.COMPOSITE, ", strong contrast": (1.0, 0.2), ", weak contrast": (0.7, 0.5)}
# By eye: between the iliac wings, below L5; the experts left a sliver of erector spinae there.
SACRAL_DIXON = frozenset(f"subject02/{k}" for k in range(4))
DIXON_STEP = 6  # every sixth composite for the disturbed images
WORST_PERCENT = 5
HEADER = (
    "| set | slices | multifidus | erector spinae | vertebral body | psoas | four muscles as one | "
    "area ratio, muscles | area ratio, body |",
    "|---" * 9 + "|",
)


def evaluation_sets(data):
    """(name, slices); some slices may be known to all networks."""
    pairs = sources.load_pairs(data)
    yield "expert pairs, T2", [one for one in pairs if score.is_t2(one)]
    yield "expert pairs, T1", [one for one in pairs if not score.is_t2(one)]
    for words, composite in COMPOSITES.items():
        yield f"Dixon composites{words}", score.dixon_composites(data, composite)
    yield "drawn by eye", sources.load_hand_outlined(data)
    yield "corrected by eye", sources.load_corrected(data)
    yield "vertebral bodies, 76 mm wide", sources.load_vertebrae(data)


class Judges:
    """The networks of the folds; a slice is judged by the first that has never seen its patient."""

    def __init__(self, work):
        self.networks = {fold: load_network(Path(work) / f"fold_{fold}.pt") for fold in held_out.FOLDS}

    def __call__(self, one):
        return next(self.networks[fold] for fold, left_out in held_out.FOLDS.items() if left_out.has(one))

    def know_all(self, one):
        return not any(left_out.has(one) for left_out in held_out.FOLDS.values())


def hospital_network(work):
    """The network that knows no image of the T2 hospital."""
    return load_network(Path(work) / f"fold_{held_out.HOSPITAL}.pt")


def mean_and_worst(values):
    values = np.array(values)[np.isfinite(values)]
    return f"{values.mean():.3f} ({np.percentile(values, WORST_PERCENT):.3f})" if len(values) else ""


def measure(one, network):
    """Of a slice: Dice of the outlines of each structure and of the four muscles as one, area over the true area."""
    labels = tidy_labels(probabilities(network, one.images[0], one.inside))
    values = {
        structure: [dice(labels, one.labels, c) for c in channels if c in one.labeled]
        for structure, channels in STRUCTURES.items()
    }
    values |= {"muscles": [], "muscles, area": [], "body, area": []}
    if one.labeled.issuperset(PARASPINAL):
        found, truth = np.isin(labels, PARASPINAL), np.isin(one.labels, PARASPINAL)
        values["muscles"].append(dice(found, truth, True))
        values["muscles, area"].append(area_ratio(labels, one.labels, PARASPINAL))
    if VERTEBRAL_BODY in one.labeled:
        values["body, area"].append(area_ratio(labels, one.labels, VERTEBRAL_BODY))
    return values


def row(name, measured):
    overlaps, ratios = (*STRUCTURES, "muscles"), ("muscles, area", "body, area")
    values = {key: [value for slice_values in measured for value in slice_values[key]] for key in (*overlaps, *ratios)}
    cells = [mean_and_worst(values[key]) for key in overlaps]
    cells += [f"{np.mean(values[key]):.3f} ± {np.std(values[key]):.3f}" if values[key] else "" for key in ratios]
    return f"| {name} | {len(measured)} | " + " | ".join(cells) + " |"


def set_rows(name, slices, judges):
    """A row of all slices, and one without the sacrum where some show it."""
    measured = [measure(one, judges(one)) for one in slices]
    yield row(name, measured)
    from_l5_up = [values for one, values in zip(slices, measured) if one.name not in SACRAL_DIXON]
    if len(from_l5_up) < len(measured):
        yield row(f"{name}, from L5 up", from_l5_up)


def score_table(data, judges):
    yield from HEADER
    for name, slices in evaluation_sets(data):
        yield from set_rows(name, [one for one in slices if one.labels.any() and not judges.know_all(one)], judges)


def hospital_table(data, network):
    """Every labeled slice of axial_unlabelled and the recovered pairs, by a network that knows none of its images;
    and the subjects that it never saw of the other sets."""
    yield from HEADER
    left_out = held_out.left_out(held_out.HOSPITAL)
    for name, slices in evaluation_sets(data):
        theirs = [one for one in slices if left_out.has(one)]
        if theirs:
            yield from set_rows(name, theirs, lambda one: network)


def robustness_table(data, judges):
    sets = [sources.load_pairs(data), score.dixon_composites(data)[::DIXON_STEP]]
    sets = [[one for one in slices if not judges.know_all(one)] for slices in sets]
    counts = f"Dice, {len(sets[0])} expert pairs | area ratio | Dice, {len(sets[1])} Dixon composites"
    yield f"| disturbance | {counts} | area ratio |"
    yield "|---" * 5 + "|"
    for name, disturb in robustness.DISTURBANCES.items():
        cells = [f"{value:.3f}" for slices in sets for value in robustness.measure(judges, slices, disturb)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--work", required=True, help="folder of fold_a.pt, fold_b.pt, fold_hospital.pt")
    options = parser.parse_args()
    hospital = hospital_network(options.work)
    judges = Judges(options.work)
    tables = {
        "A hospital never seen": hospital_table(options.data, hospital),
        "Patients never seen": score_table(options.data, judges),
        "Patients never seen, disturbed images": robustness_table(options.data, judges),
    }
    for title, table in tables.items():
        print(f"### {title}", *table, sep="\n", end="\n\n", flush=True)


if __name__ == "__main__":
    main()
