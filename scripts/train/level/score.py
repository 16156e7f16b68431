# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Dice of the named bodies and of S1 on middle slices, each by a model that has not seen the patient."""

import argparse
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from .classes import CHANNEL_NAMES, L1, L5, S1
from .held_out import fold_of
from .preprocessing import network_input, resample_to_grid
from .study import t2_studies, unlabeled_studies

SCORED = {CHANNEL_NAMES[channel]: channel for channel in (S1, *range(L5, L1 + 1))}


def _truth(study):
    """Mask of every scored structure on the slice."""
    s1 = np.zeros(study.slices.shape[1:], np.uint8)
    cv2.fillPoly(s1, [np.round(study.sacrum[:, ::-1]).astype(np.int32)], 1)
    return {"s1": s1} | {name.lower(): mask for name, mask in study.bodies.items()}


def _dice(found, wanted):
    return 2.0 * (found & wanted).sum() / max(found.sum() + wanted.sum(), 1)


def score(network, study):
    """Dice per structure, and of the five lumbar bodies as one whatever their names."""
    mm = study.pixel_mm
    network.setInput(network_input(study.slices[len(study.slices) // 2], mm, mm))
    labels = network.forward()[0].argmax(0)
    truth = {name: resample_to_grid(mask, mm, mm)[0] > 0.5 for name, mask in _truth(study).items()}
    values = {name: _dice(labels == channel, truth[name]) for name, channel in SCORED.items()}
    lumbar = np.any([truth[name] for name in truth if name != "s1"], axis=0)
    rows = np.nonzero(lumbar.any(1))[0]
    found = (labels >= L5) & (labels < max(SCORED.values()) + 2)
    found[: rows.min()] = False  # thoracic bodies above
    return values | {"lumbar": _dice(found, lumbar)}


def _sets(data):
    """(name of the set, study) of everything that is scored."""
    for study in t2_studies(data):
        yield "sagittal_t2_vertebrae", study
    for contrast in ("t2", "t1"):
        for _, study in unlabeled_studies(data, contrast):
            yield f"axial_unlabelled, {study.name}, {contrast.upper()}", study


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--folds", required=True, help="folder with fold_0.onnx to fold_4.onnx")
    parser.add_argument("--model", required=True, help="the final model, for patients that no model has seen")
    options = parser.parse_args()
    networks, values = {}, defaultdict(list)
    for name, study in _sets(options.data):
        fold = fold_of(study.name)
        if fold not in networks:
            path = options.model if fold is None else Path(options.folds) / f"fold_{fold}.onnx"
            networks[fold] = cv2.dnn.readNetFromONNX(str(path))
        values[name].append(score(networks[fold], study))
    for name, scores in values.items():
        means = "  ".join(f"{key} {np.mean([one[key] for one in scores]):.3f}" for key in scores[0])
        print(f"{name}: {len(scores)} slices  {means}")


if __name__ == "__main__":
    main()
