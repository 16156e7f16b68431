# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Run a trained network on grids and tidy the labels, for pseudo-labels and scores."""

import numpy as np
import torch
from common.unet import load_average
from scipy import ndimage

from .classes import CHANNEL_COUNT, MF_LEFT, MF_RIGHT, MIRRORED_CHANNEL, PSOAS_LEFT, PSOAS_RIGHT, VERTEBRAL_BODY
from .network import OutlineNetwork
from .preprocessing import normalize

# As kBodyRivalShare and kPsoasRivalShare of segmentation/clean_outlines.cpp.
BODY_RIVAL_SHARE = 0.5
PSOAS_RIVAL_SHARE = 0.2
# Where a structure must lie: near these, and the share of the largest piece's size from which a piece counts.
EXPECTED_NEAR = {
    VERTEBRAL_BODY: ((MF_RIGHT, MF_LEFT), BODY_RIVAL_SHARE),
    PSOAS_RIGHT: ((VERTEBRAL_BODY,), PSOAS_RIVAL_SHARE),
    PSOAS_LEFT: ((VERTEBRAL_BODY,), PSOAS_RIVAL_SHARE),
}


def load_network(checkpoint):
    """The network with the averaged weights of a checkpoint."""
    return load_average(OutlineNetwork(), checkpoint)


@torch.no_grad()
def two_passes(network, grid, inside):
    """Class probabilities (9, H, W) of the slice, and of its mirror image mirrored back."""
    image = torch.from_numpy(normalize(grid, inside))[None, None]
    straight = torch.softmax(network(image), dim=1)
    mirrored = torch.softmax(network(image.flip(-1)), dim=1).flip(-1)[:, list(MIRRORED_CHANNEL)]
    return straight[0].numpy(), mirrored[0].numpy()


def probabilities(network, grid, inside):
    """Mean class probabilities (9, H, W) of the slice and its mirror image."""
    straight, mirrored = two_passes(network, grid, inside)
    return (straight + mirrored) / 2


def _kept_pieces(pieces, sizes, channel, labels, expected_near):
    """Numbers of the pieces that stay; see clean_outlines.h. Quadratus lumborum may have two."""
    if channel == CHANNEL_COUNT - 1:
        return np.argsort(sizes)[-2:] + 1
    near, rival_share = expected_near.get(channel, ((), 1.0))
    place = np.isin(labels, near)
    if not place.any():
        return [np.argmax(sizes) + 1]
    target = np.mean(np.nonzero(place), axis=1)
    rivals = np.nonzero(sizes >= rival_share * sizes.max())[0] + 1
    centers = np.array(ndimage.center_of_mass(pieces > 0, pieces, rivals))
    return [rivals[np.argmin(np.hypot(*(centers - target).T))]]


def tidy_labels(class_probabilities, expected_near=EXPECTED_NEAR):
    """Most likely class; of each structure one piece, holes filled."""
    raw = class_probabilities.argmax(0)
    labels = np.zeros(raw.shape, np.uint8)
    for channel in range(1, CHANNEL_COUNT):
        pieces, count = ndimage.label(raw == channel)
        if count == 0:
            continue
        sizes = ndimage.sum_labels(pieces > 0, pieces, range(1, count + 1))
        kept = _kept_pieces(pieces, sizes, channel, labels, expected_near)
        labels[ndimage.binary_fill_holes(np.isin(pieces, kept)) & (labels == 0)] = channel
    return labels


def area_ratio(labels, truth, channels):
    """Area found over true area of the channels together."""
    return np.isin(labels, channels).sum() / np.isin(truth, channels).sum()


def dice(labels, truth, channel):
    """Dice overlap of one structure; nan where neither map has it."""
    found, wanted = labels == channel, truth == channel
    total = found.sum() + wanted.sum()
    return 2.0 * (found & wanted).sum() / total if total else np.nan
