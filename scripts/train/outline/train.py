# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Train the outlining network on synthetic and real slices. Seeded per step, so a resumed run goes on unchanged."""

import argparse
import json

import numpy as np
import torch
from common.trainer import Recipe, Trainer, add_options

from . import augment, held_out, sources
from .loss import outline_loss
from .network import OutlineNetwork

SYNTHETIC_PER_BATCH = 7
REAL_PER_BATCH = 5
# How often a real crop comes from each kind; the T2 kinds look most like the task, Dixon has L2-L3 anatomy.
# Shares are relative: a network that learns from fewer kinds keeps their proportions.
REAL_SHARES = {
    "dixon": 0.24,
    "t1like": 0.08,
    "pair": 0.18,
    "hand": 0.20,
    "corrected": 0.20,
    "pseudo": 0.22,
    "vertebra": 0.12,
}

LEARNING_RATE = 3e-3
WARM_UP_STEPS = 60
# The rate stays level, then falls to zero over this last part; so --steps can be changed on resuming.
DECAY_PART = 0.35
WEIGHT_DECAY = 1e-4
GRADIENT_LIMIT = 2.0
AVERAGE_DECAY = 0.995  # of the weights, over steps


def load_training_slices(data, corrected, pseudo, left_out):
    real = [*sources.load_dixon_drafted(data), *sources.load_t1like(data), *sources.load_pairs(data)]
    real += [*sources.load_redrawn(data), *sources.load_vertebrae(data)]
    if corrected:
        real += sources.load_corrected(data)
    if pseudo:
        real += sources.load_pseudo_labeled(data, pseudo)
    by_kind = {}
    for one in real:
        if one.labels.any() and not left_out.has(one):
            by_kind.setdefault(one.kind, []).append(one)
    return by_kind


class BatchMaker:
    """Batches of crops; the batch of a step depends on the seed and the step alone."""

    def __init__(self, synthetic_file, real_by_kind, seed):
        self.synthetic = dict(np.load(synthetic_file))
        self.real = real_by_kind
        self.kinds = list(real_by_kind)
        weights = np.array([REAL_SHARES[kind] for kind in self.kinds])
        self.weights = weights / weights.sum()
        self.seed = seed

    def _synthetic_crop(self, rng):
        k = rng.integers(len(self.synthetic["image"]))
        image, labels, field_of_view = (self.synthetic[name][k] for name in ("image", "labels", "field_of_view"))
        return augment.synthetic_crop(rng, image, labels, field_of_view)

    def _real_crop(self, rng):
        kind = self.real[self.kinds[rng.choice(len(self.kinds), p=self.weights)]]
        return augment.real_crop(rng, kind[rng.integers(len(kind))])

    def batch(self, step):
        rng = np.random.default_rng([self.seed, step])
        crops = [self._synthetic_crop(rng) for _ in range(SYNTHETIC_PER_BATCH)]
        crops += [self._real_crop(rng) for _ in range(REAL_PER_BATCH)]
        images, labels, flags = map(np.stack, zip(*crops))
        image = torch.from_numpy(images.astype(np.float32))[:, None]
        return image, torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(flags)


def learning_rate(step, steps):
    remaining = (steps - step) / (DECAY_PART * steps)
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP_STEPS, max(remaining, 0.0))


RECIPE = Recipe(outline_loss, learning_rate, WEIGHT_DECAY, GRADIENT_LIMIT, AVERAGE_DECAY)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--synthetic", required=True, help="NPZ file of generator.py")
    parser.add_argument("--corrected", action="store_true", help="learn from the corrected outlines too")
    parser.add_argument("--pseudo", help="NPZ file of pseudo_labels.py")
    parser.add_argument("--fold", choices=held_out.NAMES, help="leave out the slices of that fold")
    options = parser.parse_args()
    trainer = Trainer(OutlineNetwork, RECIPE, options)
    real = load_training_slices(options.data, options.corrected, options.pseudo, held_out.left_out(options.fold))
    print(json.dumps({kind: len(slices) for kind, slices in real.items()}), flush=True)
    trainer.run(BatchMaker(options.synthetic, real, options.seed).batch)


if __name__ == "__main__":
    main()
