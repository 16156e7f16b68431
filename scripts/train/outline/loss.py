# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Cross entropy plus soft Dice that know which classes the source of each slice does not label."""

import torch
from torch.nn import functional

from .classes import BACKGROUND, CHANNEL_COUNT

IGNORED = 255

# Pixels added to numerator and denominator, so that an absent structure gives no jump.
DICE_SMOOTHING = 20.0
SMALLEST_PROBABILITY = 1e-6


def merge_unlabelled(probabilities, labelled):
    """Count the probability of classes a source does not label as background. labelled: (N, 9) bool."""
    kept = probabilities * labelled[:, :, None, None]
    background = kept[:, :1] + (probabilities * ~labelled[:, :, None, None]).sum(1, keepdim=True)
    return torch.cat([background, kept[:, 1:]], dim=1)


def outline_loss(logits, labels, labelled):
    """Mean loss of a batch. labels: (N, H, W) with IGNORED where unknown; labelled: (N, 9) bool, background true."""
    merged = merge_unlabelled(functional.softmax(logits, dim=1), labelled).clamp(SMALLEST_PROBABILITY, 1.0)
    known = (labels != IGNORED).float()
    labels = torch.where(labels == IGNORED, torch.full_like(labels, BACKGROUND), labels)

    # Every pixel weighs the same: a background that weighed less made structures too large (model 0.1.0).
    of_truth = merged.gather(1, labels[:, None])[:, 0]
    cross_entropy = -(known * of_truth.log()).sum() / known.sum()

    truth = functional.one_hot(labels, CHANNEL_COUNT).permute(0, 3, 1, 2) * known[:, None]
    merged = merged * known[:, None]
    overlap = (merged * truth).sum((2, 3))
    size = merged.sum((2, 3)) + truth.sum((2, 3))
    dice = (2.0 * overlap + DICE_SMOOTHING) / (size + DICE_SMOOTHING)
    counted = labelled.float()
    counted[:, BACKGROUND] = 0.0
    return cross_entropy + ((1.0 - dice) * counted).sum() / counted.sum()
