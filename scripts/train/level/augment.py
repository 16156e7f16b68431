# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Random training crops: (normalized float32 image, labels, whether the sacrum in view lets the bodies be named)."""

import cv2
import numpy as np

from outline.preprocessing import CLIP_UPPER, OFFSET, normalize

from .classes import IGNORED, L5, S1
from .contrast import new_contrast
from .deform import coordinates
from .transitional import transitional

# Rows x columns of 1.5 mm pixels: 288 x 192 mm.
CROP = (192, 128)
AROUND_L4 = 0.75  # of the crops: the sacrum is then mostly in view
CUT_ABOVE_SACRUM = 0.33
GAIN_SPREAD = 0.2  # the reference percentile of a crop is not that of its slice
TRANSITIONAL = 0.25
LARGEST_SWAY_MM = 7.0  # scoliosis: the spine leaves the slice
MIDDLE_MM = 11.0
SMALLEST_SHARE_OF_S1 = 0.6
SMALLEST_L5_PIXELS = 300
BELOW_L5_PIXELS = 10


def _slice(rng, volume):
    """One slice: off the middle, thick, or winding through the volume as if the spine were bent sideways."""
    count = len(volume.images)
    if count == 1:
        return volume.images[0], volume.labels[0]
    k = volume.middle + rng.uniform(-MIDDLE_MM, MIDDLE_MM) * (1.5 if rng.random() < 0.15 else 1.0)
    half = rng.integers(0, 3)
    if rng.random() < 0.3:
        rows = np.arange(volume.images.shape[1])
        sway = rng.uniform(0, LARGEST_SWAY_MM) * np.sin(rows / rng.uniform(40, 120) + rng.uniform(0, 2 * np.pi))
        each = np.clip(np.round(k + sway).astype(int), half, count - 1 - half)
        image = np.mean([volume.images[each + d, rows] for d in range(-half, half + 1)], axis=0)
        return image, volume.labels[each, rows]
    k = int(np.clip(round(k), half, count - 1 - half))
    return volume.images[k - half : k + half + 1].mean(0), volume.labels[k]


def _center(rng, volume):
    """Row and column of the crop's middle: with the sacrum in view, or anywhere along the spine."""
    anywhere = rng.random() > AROUND_L4
    place = volume.bodies[rng.integers(len(volume.bodies)) if anywhere else min(1, len(volume.bodies) - 1)]
    return place[0] + rng.uniform(-35, 35), place[1] + rng.uniform(-40, 35)


def _field_of_view(rng, labels):
    """The part of the crop inside the image. Often it ends below a body chosen at random, with no sacrum in view."""
    height, width = labels.shape
    top, bottom, left, right = 0, height, 0, width
    if rng.random() < 0.4:
        top, left, right = rng.integers(0, 50), rng.integers(0, 20), width - rng.integers(0, 20)
    if rng.random() < CUT_ABOVE_SACRUM:
        rows = np.nonzero(((labels >= S1) & (labels <= L5 + 2)).any(1))[0]
        if rows.size:
            bottom = int(np.clip(rng.integers(rows.min(), rows.max() + 1), 60, height))
    elif rng.random() < 0.3:
        bottom = height - rng.integers(0, 40)
    inside = np.zeros(labels.shape, bool)
    inside[min(top, bottom - 50) : bottom, left:right] = True
    return inside


def _is_named(labels, visible, y, x):
    """Whether enough of the sacrum is visible. Where S1 has no outline (water images) the whole of L5 must be."""
    if (labels == S1).any():
        pixel_mm = np.median(np.hypot(np.diff(y, axis=0), np.diff(x, axis=0)))
        return (visible == S1).sum() >= SMALLEST_SHARE_OF_S1 * (labels == S1).sum() / pixel_mm**2
    rows = np.nonzero((visible == L5).any(1))[0]
    known = np.nonzero((visible != 0).any(1))[0]
    return (visible == L5).sum() > SMALLEST_L5_PIXELS and known.max() > rows.max() + BELOW_L5_PIXELS


def random_crop(rng, volume):
    image, labels = _slice(rng, volume)
    if rng.random() < TRANSITIONAL:
        image, labels = transitional(rng, image.astype(np.float32), labels) or (image, labels)
    y, x = coordinates(rng, CROP, _center(rng, volume), volume.bodies)
    image = cv2.remap(image.astype(np.float32), x, y, cv2.INTER_LINEAR, borderValue=0)
    whole = cv2.remap(labels, x, y, cv2.INTER_NEAREST, borderValue=IGNORED)
    inside = (y > 0) & (y < labels.shape[0] - 1) & (x > 0) & (x < labels.shape[1] - 1)
    inside &= _field_of_view(rng, whole)
    image = image / max(np.percentile(image, 99), 1e-6)
    image = np.where(inside, new_contrast(rng, image, whole), 0)
    normalized = normalize(image.astype(np.float32), inside)
    gain = np.exp(rng.normal(0, GAIN_SPREAD))
    normalized = np.where(inside, np.clip((normalized + OFFSET) * gain, 0, CLIP_UPPER) - OFFSET, -OFFSET)
    visible = np.where(inside, whole, 0).astype(np.uint8)
    return normalized.astype(np.float32), visible, bool(_is_named(labels, visible, y, x))
