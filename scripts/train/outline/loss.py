# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Cross entropy plus soft Dice that know which classes the source of each slice does not label."""

import torch
from torch.nn import functional

from .classes import CHANNEL_COUNT

IGNORED = 255

# Pixels added to numerator and denominator, so that an absent structure gives no jump.
DICE_SMOOTHING = 20.0
SMALLEST_PROBABILITY = 1e-6


def structure_probabilities(logits, labeled):
    """Probabilities of the structures (N, 8, pixels); of background (N, 1, pixels) with all that no one labeled."""
    structures = functional.softmax(logits, dim=1)[:, 1:].flatten(2) * labeled[:, 1:, None]
    return structures, 1.0 - structures.sum(1, keepdim=True)


def outline_loss(logits, labels, labeled):
    """Mean loss of a batch. labels: (N, H, W) with IGNORED where unknown; labeled: (N, 9) bool, background true."""
    structures, background = structure_probabilities(logits, labeled)
    labels = labels.flatten(1)[:, None]
    known = labels != IGNORED
    of_structure = structures.gather(1, labels.clamp(1, CHANNEL_COUNT - 1) - 1)
    of_truth = torch.where(labels == 0, background, of_structure).clamp(SMALLEST_PROBABILITY, 1.0)

    # Every pixel weighs the same: a background that weighed less made structures too large (model 0.1.0).
    cross_entropy = -(known * of_truth.log()).sum() / known.sum()

    # Sums by label; what is not known falls into a bin beyond the classes.
    bins = labels.where(known, labels.new_full((), CHANNEL_COUNT))[:, 0]
    no_pixels = of_truth.new_zeros(len(labels), CHANNEL_COUNT + 1)
    overlap = no_pixels.scatter_add(1, bins, of_truth[:, 0])[:, 1:CHANNEL_COUNT]
    truth = no_pixels.scatter_add(1, bins, torch.ones_like(of_truth[:, 0]))[:, 1:CHANNEL_COUNT]
    found = torch.bmm(structures, known.to(structures.dtype).transpose(1, 2))[:, :, 0]
    dice = (2.0 * overlap + DICE_SMOOTHING) / (found + truth + DICE_SMOOTHING)
    counted = labeled[:, 1:].float()
    return cross_entropy + ((1.0 - dice) * counted).sum() / counted.sum()
