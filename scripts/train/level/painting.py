# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Label maps from numbered bodies and the sacrum's outlines: discs between them, and zones that nobody labeled."""

import cv2
import numpy as np

from .classes import BACKGROUND, DISC, IGNORED, L5, S1, S2, THORACIC

# In pixels of 1 mm.
SLIVER = 3  # narrower pieces of a disc are gaps between masks
UNSURE_RIM = 1  # hand-drawn borders
ABOVE_TOP = 3
COLUMN_HALF_WIDTH = 70
BELOW_L5 = 90
BELOW_SACRUM_HALF_WIDTH = 20
BELOW_SACRUM_OVERLAP = 3
SMALLEST_BODY = 60


def _hull(mask):
    points = cv2.findNonZero(mask.astype(np.uint8))
    hull = np.zeros(mask.shape, np.uint8)
    return cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)


def _disc_between(upper, lower):
    """What lies between two neighboring bodies."""
    between = _hull(upper | lower) & ~_hull(upper) & ~_hull(lower) & ~upper.astype(np.uint8) & ~lower.astype(np.uint8)
    return cv2.morphologyEx(between & 1, cv2.MORPH_OPEN, np.ones((SLIVER, SLIVER), np.uint8)) > 0


def _paint_sacrum(labels, sacrum, near_middle):
    """Draws S1 and S2 with unsure rims; far from the middle only marks their place as unknown."""
    place = np.zeros(labels.shape, np.uint8)
    for channel in (S2, S1):
        cv2.fillPoly(place, [np.round(sacrum[channel]).astype(np.int32)], int(channel))
    kernel = np.ones((2 * UNSURE_RIM + 1,) * 2, np.uint8)
    rim = cv2.dilate(place, kernel) != cv2.erode(place, kernel)
    unknown = rim if near_middle else cv2.dilate(place, np.ones((9, 9), np.uint8)) > 0
    free = labels == BACKGROUND
    labels[free & (place > 0)] = place[free & (place > 0)]
    labels[free & unknown] = IGNORED
    lowest = sacrum[S2][np.argmax(sacrum[S2][:, 1])]
    rows, columns = np.ogrid[: labels.shape[0], : labels.shape[1]]
    below = (rows > lowest[1] - BELOW_SACRUM_OVERLAP) & (np.abs(columns - lowest[0]) < BELOW_SACRUM_HALF_WIDTH)
    labels[below & (labels == BACKGROUND)] = IGNORED
    return place == S1


def _ignore_unlabeled_bodies(labels, bodies, has_sacrum):
    """Above the topmost labeled body, and below L5 where the sacrum has no outline, bodies are there but unlabeled."""
    rows, columns = np.ogrid[: labels.shape[0], : labels.shape[1]]
    top_rows, top_columns = np.nonzero(bodies[-1])
    zone = (rows < top_rows.min() + ABOVE_TOP) & (np.abs(columns - top_columns.mean()) < COLUMN_HALF_WIDTH)
    if not has_sacrum:
        low_rows, low_columns = np.nonzero(bodies[0])
        zone |= (rows > np.quantile(low_rows, 0.7)) & (np.abs(columns - low_columns.mean()) < BELOW_L5)
    labels[zone & ((labels == BACKGROUND) | (labels == DISC))] = IGNORED


def finish_labels(numbers, sacrum, near_middle):
    """Channels of one slice. numbers: 0 none, 1 L5, 2 L4 ..., IGNORED; sacrum: polygons by channel, or None."""
    labels = np.where(numbers > 0, np.minimum(numbers.astype(int) - 1 + L5, THORACIC), BACKGROUND).astype(np.uint8)
    labels[numbers == IGNORED] = IGNORED
    present = [numbers == n for n in range(1, int(numbers[numbers != IGNORED].max(initial=0)) + 1)]
    s1 = _paint_sacrum(labels, sacrum, near_middle) if sacrum else None
    chain = ([s1] if sacrum and near_middle else []) + present
    for lower, upper in zip(chain[:-1], chain[1:]):
        if min(lower.sum(), upper.sum()) >= SMALLEST_BODY:
            disc = _disc_between(upper, lower)
            labels[disc & ((labels == BACKGROUND) | (labels == IGNORED))] = DISC
    whole = [body for body in present if body.any()]
    if whole:
        _ignore_unlabeled_bodies(labels, whole, sacrum is not None)
    return labels
