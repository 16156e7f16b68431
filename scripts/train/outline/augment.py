# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Random crops for training: geometry for every slice, contrast and coil changes for the real ones."""

import cv2
import numpy as np

from .classes import CHANNEL_COUNT, MIRRORED_CHANNEL, VERTEBRAL_BODY
from .loss import IGNORED
from .preprocessing import normalize
from .sources import labeled_flags

# Rows x columns of a training crop, 1 mm pixels: muscles, body and psoas fit with room around them.
CROP = (192, 224)
# The crop's reference percentile differs from the whole slice's, so the gain is varied.
GAIN_SPREAD = 0.12
MUSCLES_BEHIND_BODY_MM = 55
# Ours: 15 degrees, at which robustness.py judges, lie well inside.
LARGEST_TURN_DEGREES = 20
# Some slices have no black: their darkest pixels lie at up to this share of the reference.
LARGEST_PEDESTAL = 0.2
PEDESTAL_CHANCE = 0.25
# A generated slice is seen 11 to 36 times in training: in this share of them through another coil and contrast.
OTHER_SCANNER_CHANCE = 0.4
# Now and then only a strip around the body is seen, as in cuts across a sagittal volume.
NARROW_CHANCE = 0.08
NARROW_HALF_WIDTH_MM = (35.0, 70.0)
MIRROR = np.array([*MIRRORED_CHANNEL, *range(CHANNEL_COUNT, 256)], np.uint8)


def _crop_coordinates(rng, labels, scale_spread, turn_degrees):
    """Source column and row of every crop pixel: the muscles somewhere in the lower half, turned, scaled, wobbled."""
    rows, columns = np.nonzero((labels > 0) & (labels < VERTEBRAL_BODY))
    height, width = CROP
    if rows.size == 0:  # only the body is labeled; the muscles lie behind it
        rows, columns = np.nonzero(labels == VERTEBRAL_BODY)
        rows = rows + MUSCLES_BEHIND_BODY_MM
    spread = 50 if rng.random() < 0.15 else 14  # sometimes the crop shows mostly the surroundings
    to_column = width / 2 + rng.normal(0, spread)
    to_row = height * 0.66 + rng.normal(0, spread)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    scale = np.exp(rng.uniform(-scale_spread, scale_spread))
    aspect = np.exp(rng.normal(0, 0.05))
    x, y = (x - to_column) / (scale * aspect), (y - to_row) / (scale / aspect)
    angle = np.deg2rad(np.clip(rng.normal(0, turn_degrees), -LARGEST_TURN_DEGREES, LARGEST_TURN_DEGREES))
    source_x = (columns.min() + columns.max()) / 2 + np.cos(angle) * x + np.sin(angle) * y
    source_y = (rows.min() + rows.max()) / 2 - np.sin(angle) * x + np.cos(angle) * y
    if rng.random() < 0.7:
        amplitude = rng.uniform(0, 4.0)  # mm
        wobble = rng.standard_normal((5, 5, 2)).astype(np.float32) * amplitude
        wobble = cv2.resize(wobble, (width, height), interpolation=cv2.INTER_CUBIC)
        source_x, source_y = source_x + wobble[..., 0], source_y + wobble[..., 1]
    return source_x.astype(np.float32), source_y.astype(np.float32)


def _sample(images, inside, labels, coordinates):
    images = [cv2.remap(image.astype(np.float32), *coordinates, cv2.INTER_LINEAR) for image in images]
    inside = cv2.remap(inside.astype(np.uint8), *coordinates, cv2.INTER_NEAREST) > 0
    return images, inside, cv2.remap(labels, *coordinates, cv2.INTER_NEAREST)


def _narrowed(rng, inside, labels):
    """Now and then a strip around the body; what lies outside of it has no label."""
    columns = np.nonzero((labels == VERTEBRAL_BODY).any(0))[0]
    if columns.size == 0 or rng.random() >= NARROW_CHANCE:
        return inside, labels
    strip = np.abs(np.arange(labels.shape[1]) - columns.mean()) <= rng.uniform(*NARROW_HALF_WIDTH_MM)
    return inside & strip, np.where(strip, labels, np.uint8(IGNORED))


def _finish(rng, image, inside, labels, flags):
    """Mirror, blur, normalize as in inference, vary the gain."""
    if rng.random() < 0.5:
        image, inside, labels = image[:, ::-1], inside[:, ::-1], MIRROR[labels[:, ::-1]]
        flags = flags[list(MIRRORED_CHANNEL)]
    if rng.random() < 0.2:
        image = cv2.GaussianBlur(np.ascontiguousarray(image), (0, 0), rng.uniform(0.4, 1.0))
    gain = np.exp(rng.normal(0, GAIN_SPREAD))
    if rng.random() < PEDESTAL_CHANCE:
        image = image + rng.uniform(0, LARGEST_PEDESTAL) * np.percentile(image, 99)
    normalized = normalize(image, inside)
    offset = normalized.min() if not inside.all() else -0.35
    return np.clip((normalized - offset) * gain, 0, 1.5) + offset, labels, flags


def synthetic_crop(rng, image, labels, field_of_view):
    """A crop of a generated slice: (normalized float32, labels, flags of labeled classes)."""
    first_row, end_row, first_column, end_column = field_of_view
    inside = np.zeros(image.shape, bool)
    inside[first_row:end_row, first_column:end_column] = True
    coordinates = _crop_coordinates(rng, labels, scale_spread=0.1, turn_degrees=6)
    (image,), inside, labels = _sample([image], inside, labels, coordinates)
    inside, labels = _narrowed(rng, inside, labels)
    image = (image / max(image.max(), 1.0)) ** np.exp(rng.normal(0, 0.15))
    if rng.random() < OTHER_SCANNER_CHANCE:
        image = np.where(inside, _new_scanner(rng, image), 0)
    return _finish(rng, image, inside, labels, labeled_flags(range(1, CHANNEL_COUNT)))


def _mix_dixon(rng, fat, water):
    """A T2-like weighting of fat and water: fat bright, long-T2 water (fluid) above muscle."""
    return rng.uniform(0.5, 1.2) * fat + rng.uniform(0.1, 0.8) * np.clip(water, 0, 1.3) ** rng.uniform(0.8, 2.2)


def _new_scanner(rng, image):
    """Another coil, saturation band, contrast curve and noise level on a real slice."""
    height, width = image.shape
    image = image / max(np.percentile(image, 99), 1e-6)
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    patchy = cv2.resize(rng.standard_normal((4, 4)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    image = image * np.exp(rng.uniform(0, 0.35) * patchy + rng.uniform(-0.3, 1.5) * (down - 0.6))
    if rng.random() < 0.4:
        left = rng.uniform(0.03, 0.3)
        image = image * (left + (1 - left) / (1 + np.exp(-(down - rng.uniform(0.05, 0.4)) / rng.uniform(0.01, 0.06))))
    image = np.clip(image, 0, None) ** np.exp(rng.normal(0, 0.3))
    sigma = np.exp(rng.uniform(np.log(0.003), np.log(0.05)))
    real = image + sigma * rng.standard_normal(image.shape)
    return np.hypot(real, sigma * rng.standard_normal(image.shape)).astype(np.float32)


def real_crop(rng, real):
    """A crop of a RealSlice: (normalized float32, labels, flags of labeled classes)."""
    coordinates = _crop_coordinates(rng, real.labels, scale_spread=0.25, turn_degrees=8)
    images, inside, labels = _sample(real.images, real.inside, real.labels, coordinates)
    inside, labels = _narrowed(rng, inside, labels)
    image = _mix_dixon(rng, *images) if real.kind == "dixon" else images[0]
    image = np.where(inside, _new_scanner(rng, image), 0)
    return _finish(rng, image, inside, labels, labeled_flags(real.labeled))
