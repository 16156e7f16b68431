# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Train the level network. Seeded per step, so a resumed run goes on unchanged."""

import argparse
import json

import numpy as np
import torch
from common.trainer import Recipe, Trainer, add_options

from . import augment, sources
from .held_out import left_out
from .loss import level_loss
from .network import LevelNetwork

CROPS_PER_BATCH = 8
# How often a crop comes from each kind of image; sagittal T2 is the task.
SHARES = {"t2": 0.28, "water": 0.08, "png": 0.14, "unlabeled_t2": 0.12, "unlabeled_t1": 0.06, "spider": 0.32}

LEARNING_RATE = 4e-3
WARM_UP_STEPS = 40
WEIGHT_DECAY = 1e-3
GRADIENT_LIMIT = 3.0
AVERAGE_DECAY = 0.99  # of the weights, over steps


def load_volumes(data, fold):
    """Volumes by kind, without those that the fold leaves out."""
    by_kind = {}
    excluded = left_out(fold)
    loads = (sources.load_t2, sources.load_water, sources.load_png, sources.load_unlabeled, sources.load_spider)
    for load in loads:
        for volume in load(data):
            if volume.name not in excluded:
                by_kind.setdefault(volume.kind, []).append(volume)
    return by_kind


class BatchMaker:
    """Batches of crops; the batch of a step depends on the seed and the step alone."""

    def __init__(self, volumes, seed):
        self.volumes, self.seed = volumes, seed
        self.kinds = list(volumes)
        weights = np.array([SHARES[kind] for kind in self.kinds])
        self.weights = weights / weights.sum()

    def batch(self, step):
        rng = np.random.default_rng([self.seed, step])
        crops = []
        for kind in rng.choice(self.kinds, CROPS_PER_BATCH, p=self.weights):
            volumes = self.volumes[kind]
            crops.append(augment.random_crop(rng, volumes[rng.integers(len(volumes))]))
        images, labels, named = map(np.stack, zip(*crops))
        return torch.from_numpy(images)[:, None], torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(named)


def learning_rate(step, steps):
    """Warm up, then half a cosine to nearly zero."""
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP_STEPS) * (0.5 + 0.5 * np.cos(np.pi * step / steps) + 0.003)


RECIPE = Recipe(level_loss, learning_rate, WEIGHT_DECAY, GRADIENT_LIMIT, AVERAGE_DECAY)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--fold", type=int, help="leave out the subjects and the patient of this fold (0-4)")
    options = parser.parse_args()
    trainer = Trainer(LevelNetwork, RECIPE, options)
    volumes = load_volumes(options.data, options.fold)
    print(json.dumps({kind: len(slices) for kind, slices in volumes.items()}), flush=True)
    trainer.run(BatchMaker(volumes, options.seed).batch)


if __name__ == "__main__":
    main()
