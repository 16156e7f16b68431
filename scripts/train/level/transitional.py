# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A transitional sacrum made out of a real one: S1 squared, a disc of its own below it, the sacrum bent there.

A stand-in for real lumbarized S1, of which the data hold few. Slices have pixels of 1 mm.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from .classes import DISC, IGNORED, L5, S1, S2

DISC_HEIGHTS_MM = (3.0, 10.0)
# Width of S1's lower end over what it was: it tapers to about two thirds of its upper one.
SQUARED = (1.1, 1.6)
LARGEST_BEND_DEGREES = 12
# How far from the new disc the sacrum is moved, bent and widened at all.
REACH_MM = 45.0
FADE_BESIDE_MM = 12.0
# S1 and S2 are labeled up to an unsure rim.
NEAR_S2_MM = 5.0
SMALLEST_S1_PIXELS = 200
KINDS = ("dark", "like the others", "bright")


@dataclass
class Border:
    """Between S1 and S2: middle (row, column), unit vectors up to S1 and along it to the back, length, height of S1."""

    middle: np.ndarray
    up: np.ndarray
    along: np.ndarray
    length: float
    s1_height: float


def border_of(s1, s2):
    """The border between two masks, None where too little of them is seen."""
    if s1.sum() < SMALLEST_S1_PIXELS or s2.sum() < SMALLEST_S1_PIXELS:
        return None
    to_s2 = cv2.distanceTransform((~s2).astype(np.uint8), cv2.DIST_L2, 5)
    near = np.argwhere(s1 & (to_s2 <= NEAR_S2_MM)).astype(float)
    if len(near) < 10:
        return None
    along = np.linalg.svd(near - near.mean(0), full_matrices=False)[2][0]
    along = along if along[1] > 0 else -along
    places = (near - near.mean(0)) @ along
    middle = near.mean(0) + along * (places.max() + places.min()) / 2
    to_s1 = np.argwhere(s1).mean(0) - middle
    up = np.array([-along[1], along[0]])
    up = up if to_s1 @ up > 0 else -up
    return Border(middle, up, along, float(np.ptp(places)), 2.0 * float(to_s1 @ up))


def _sources(rng, border, shape, height_mm):
    """Source rows and columns of every pixel, and the widening of S1's lower end."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    y, x = rows - border.middle[0], columns - border.middle[1]
    u, a = y * border.up[0] + x * border.up[1], y * border.along[0] + x * border.along[1]
    turn = np.deg2rad(rng.uniform(-LARGEST_BEND_DEGREES, LARGEST_BEND_DEGREES))
    turn = turn * np.clip((4 - u) / REACH_MM, 0, 1) * np.exp(-((a / 120) ** 2))
    u, a = np.cos(turn) * u - np.sin(turn) * a, np.sin(turn) * u + np.cos(turn) * a
    beside = np.exp(-((np.clip(np.abs(a) - border.length, 0, None) / FADE_BESIDE_MM) ** 2))
    room = 0.4 * height_mm  # The rest of the disc takes what was endplate.
    moved = np.minimum(np.abs(u), room) * np.clip(1 - (np.abs(u) - room) / REACH_MM, 0, 1) ** 2
    widened = rng.uniform(*SQUARED)
    factor = 1 + (widened - 1) * np.clip(1 - np.abs(u) / (1.1 * border.s1_height), 0, 1)
    far, half = np.abs(a), border.length / 2
    edge = half * factor
    narrowed = half + (far - edge) + (edge - half) * np.clip((far - edge) / 25, 0, 1)
    narrowed = np.where(far < edge, far / factor, narrowed)
    u = u - np.sign(u) * moved * beside
    a = np.sign(a) * (narrowed * beside + far * (1 - beside))
    y = border.middle[0] + u * border.up[0] + a * border.along[0]
    x = border.middle[1] + u * border.up[1] + a * border.along[1]
    return y.astype(np.float32), x.astype(np.float32), widened


def _disc_mask(border, shape, height_mm, width_mm, smaller_mm=0.0):
    """A lens on the border."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    y, x = rows - border.middle[0], columns - border.middle[1]
    u, a = y * border.up[0] + x * border.up[1], y * border.along[0] + x * border.along[1]
    share = np.clip(1 - 0.6 * (2 * a / width_mm) ** 2, 0, 1)
    return (np.abs(u) < height_mm / 2 * np.sqrt(share) - smaller_mm) & (np.abs(a) < width_mm / 2 - 2 * smaller_mm)


def _soft(mask):
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.7)


def _painted(rng, image, mask, nucleus, body, disc):
    kind = rng.choice(KINDS)
    value = {"dark": 0.35 * body, "like the others": disc, "bright": 1.6 * body}[kind]
    texture = value * (1 + 0.3 * cv2.GaussianBlur(rng.standard_normal(image.shape).astype(np.float32), (0, 0), 1.2))
    if kind == "bright":
        core = _soft(nucleus)
        texture = texture * core + 0.4 * body * (1 - core)
    endplate = _soft(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > mask)
    share = _soft(mask)
    return ((image * (1 - share) + texture * share) * (1 - 0.6 * endplate)).astype(np.float32)


def transitional(rng, image, labels, border=None):
    """Image and labels with a lumbarized S1; None where the sacrum is not labeled. The new disc is IGNORED."""
    border = border or border_of(labels == S1, labels == S2)
    if border is None:
        return None
    height_mm = rng.uniform(*DISC_HEIGHTS_MM)
    y, x, widened = _sources(rng, border, image.shape, height_mm)
    body, disc = (np.median(image[where]) if where.any() else None for where in (labels == L5, labels == DISC))
    body = np.median(image[labels == S1]) if body is None else body
    disc = 0.5 * body if disc is None else disc
    image = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    labels = cv2.remap(labels, x, y, cv2.INTER_NEAREST, borderValue=IGNORED)
    width_mm = border.length * widened
    mask = _disc_mask(border, image.shape, height_mm, width_mm)
    nucleus = _disc_mask(border, image.shape, height_mm, width_mm, smaller_mm=1.2)
    image = _painted(rng, image, mask, nucleus, body, disc)
    rim = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return image, np.where(rim, IGNORED, labels).astype(np.uint8)
