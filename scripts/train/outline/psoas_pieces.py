# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Which piece of a psoas stays: Dice on unseen patients by the least share of the largest piece that counts."""

import argparse

import numpy as np

from . import cross_validate, inference, score, sources
from .classes import PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY

PSOAS = (PSOAS_RIGHT, PSOAS_LEFT)
SHARES = (1.0, 0.5, 0.3, 0.2, 0.1)  # 1: the largest piece alone
FAILED_DICE = 0.5


def expected_near(share):
    """The places of tidy_labels with this share for psoas."""
    return inference.EXPECTED_NEAR | dict.fromkeys(PSOAS, ((VERTEBRAL_BODY,), share))


def psoas_dice(judge, slices):
    """Dice of every psoas, a row a share."""
    rows = [[] for _ in SHARES]
    for one in slices:
        class_probabilities = inference.probabilities(judge(one), one.images[0], one.inside)
        for share, row in zip(SHARES, rows):
            labels = inference.tidy_labels(class_probabilities, expected_near(share))
            row += [inference.dice(labels, one.labels, c) for c in PSOAS if (one.labels == c).any()]
    return np.array(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--work", required=True, help="folder of fold_a.pt, fold_b.pt, fold_hospital.pt")
    options = parser.parse_args()
    folds = cross_validate.Judges(options.work)
    hospital = cross_validate.hospital_network(options.work)
    by_eye = [*sources.load_hand_outlined(options.data), *sources.load_corrected(options.data)]
    dixon = score.dixon_composites(options.data, load=sources.load_dixon_drafted)
    sets = {
        "patient unseen": (folds, [one for one in by_eye if not folds.know_all(one)]),
        "hospital unseen": (lambda one: hospital, by_eye),
        "Dixon, subject unseen": (folds, dixon),
    }
    print("| set | psoas | " + " | ".join(f"{share}" for share in SHARES) + " |")
    print("|---" * (2 + len(SHARES)) + "|")
    for name, (judge, slices) in sets.items():
        values = psoas_dice(judge, slices)
        cells = [f"{row.mean():.3f} ({(row < FAILED_DICE).sum()})" for row in values]
        print(f"| {name} | {values.shape[1]} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
