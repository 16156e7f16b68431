# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Cross entropy plus soft Dice; where the sacrum is out of view any name of a vertebra counts as right."""

import torch
from torch.nn import functional

from .classes import BODIES, CHANNEL_COUNT, IGNORED

DICE_SMOOTHING = 20.0  # pixels, so that an absent structure gives no jump
SMALLEST_PROBABILITY = 1e-6
# Bodies and sacrum fill a tenth of a slice; their pixels decide the names.
STRUCTURE_WEIGHT = 2.0


def merge_names(probabilities, named):
    """In slices that are not named, every body channel holds the sum over all of them. named: (N,) bool."""
    first, end = min(BODIES), max(BODIES) + 1
    bodies = probabilities[:, first:end]
    anonymous = bodies.sum(1, keepdim=True).expand_as(bodies)
    bodies = torch.where(named[:, None, None, None], bodies, anonymous)
    return torch.cat([probabilities[:, :first], bodies, probabilities[:, end:]], dim=1)


def level_loss(logits, labels, named):
    """Mean loss of a batch. labels: (N, H, W) with IGNORED where unknown; named: (N,) bool."""
    merged = merge_names(functional.softmax(logits, dim=1), named).clamp(SMALLEST_PROBABILITY, 1.0)
    known = (labels != IGNORED).float()
    labels = torch.where(labels == IGNORED, torch.zeros_like(labels), labels)

    weight = known * torch.where(labels > 0, STRUCTURE_WEIGHT, 1.0)
    of_truth = merged.gather(1, labels[:, None])[:, 0]
    cross_entropy = -(weight * of_truth.log()).sum() / weight.sum().clamp(min=1.0)

    truth = functional.one_hot(labels, CHANNEL_COUNT).permute(0, 3, 1, 2) * known[:, None]
    found = merged * known[:, None]
    overlap = (found * truth).sum((2, 3))
    dice = (2.0 * overlap + DICE_SMOOTHING) / (found.sum((2, 3)) + truth.sum((2, 3)) + DICE_SMOOTHING)
    counted = torch.ones_like(dice)
    counted[:, 0] = 0.0
    counted[:, min(BODIES) : max(BODIES) + 1] = named[:, None].float()
    return cross_entropy + 0.5 * ((1.0 - dice) * counted).sum() / counted.sum()
