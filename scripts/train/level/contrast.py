# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Other sequences, coils and diseases on a crop: values are positive, about 1 at the bright end."""

import cv2
import numpy as np

from .classes import BODIES, DISC, IGNORED, S1
from .deform import smooth_field


def _blob(shape, center, radii):
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    return ((rows - center[0]) / radii[0]) ** 2 + ((columns - center[1]) / radii[1]) ** 2 < 1


def change_tissues(rng, image, labels):
    """Dark (cement, sclerosis) or bright (edema) bodies, blobs inside them, degenerated or bright discs."""
    if rng.random() < 0.35:
        image = np.where(labels == DISC, image * rng.uniform(0.15, 1.7), image)
    for channel in (S1, *BODIES):
        where = labels == channel
        if rng.random() < 0.12 and where.any():
            image = np.where(where, image * rng.uniform(0.1, 1.9), image)
        if rng.random() < 0.08 and where.any():
            points = np.argwhere(where)
            blob = _blob(labels.shape, points[rng.integers(len(points))], rng.uniform(2, 9, 2))
            image = np.where(blob & where, image * rng.uniform(0, 0.4), image)
    return image


def change_sequence(rng, image):
    """Another tone curve: a power, or a random curve that may turn contrasts round."""
    if rng.random() < 0.7:
        image = np.clip(image, 0, None) ** np.exp(rng.uniform(-0.6, 0.6))
    if rng.random() < 0.25:
        knots = np.linspace(0, 1.3, 6)
        values = rng.random(6)
        values = np.sort(values) if rng.random() < 0.4 else values
        values[0] *= 0.2
        share = rng.uniform(0.4, 1.0)
        image = share * np.interp(image, knots, values).astype(np.float32) + (1 - share) * image
    return image


def change_coil(rng, image):
    """A surface coil at the back and patchy sensitivity."""
    if rng.random() < 0.7:
        image = image * np.exp(rng.uniform(0, 0.5) * smooth_field(rng, image.shape, 3))
    if rng.random() < 0.4:
        across = np.linspace(-1, 1, image.shape[1], dtype=np.float32)[None]
        image = image * np.exp(rng.uniform(-0.3, 1.2) * across)
    return image


def add_metal(rng, image, labels):
    """Voids with a bright rim near the spine."""
    points = np.argwhere((labels >= S1) & (labels != IGNORED))
    for _ in range(rng.integers(1, 3)):
        if len(points):
            center, radii = points[rng.integers(len(points))] + rng.normal(0, 6, 2), rng.uniform(2, 8, 2)
            image = np.where(_blob(image.shape, center, radii * 1.25), image + rng.uniform(0, 0.5), image)
            image = np.where(_blob(image.shape, center, radii), image * 0.1, image)
    return image


def blur_and_noise(rng, image):
    if rng.random() < 0.4:
        sigma_x, sigma_y = rng.uniform(0.2, 1.1, 2)
        image = cv2.GaussianBlur(image.astype(np.float32), (0, 0), sigma_x, sigmaY=sigma_y)
    if rng.random() < 0.7:
        sigma = np.exp(rng.uniform(np.log(0.004), np.log(0.09)))
        real = image + sigma * rng.standard_normal(image.shape)
        image = np.hypot(real, sigma * rng.standard_normal(image.shape))
    return image


def new_contrast(rng, image, labels):
    image = change_tissues(rng, image, labels)
    image = change_sequence(rng, image)
    image = change_coil(rng, image)
    if rng.random() < 0.08:
        image = add_metal(rng, image, labels)
    return blur_and_noise(rng, image)
