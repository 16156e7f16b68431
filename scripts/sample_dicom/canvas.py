# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The points that are being looked at, and what has been found there so far."""

import numpy as np

from .tissues import CODE


class Canvas:
    """Tissue, label and intramuscular fat of many points in the body frame; later paint covers."""

    def __init__(self, x_mm, y_mm, z_mm):
        self.x, self.y, self.z = x_mm, y_mm, z_mm
        self.tissue = np.full(x_mm.shape, CODE["air"], np.uint8)
        self.label = np.zeros(x_mm.shape, np.uint8)
        self.fat_share = np.zeros(x_mm.shape)
        self.gain = np.ones(x_mm.shape)  # brightness relative to the tissue's own

    def paint(self, where, tissue, label=0, gain=1.0):
        self.tissue[where] = CODE[tissue]
        self.label[where] = label
        self.fat_share[where] = 0.0
        self.gain[where] = gain

    def part(self, where):
        """A canvas of the chosen points alone, to be given back with `merge`."""
        part = Canvas(self.x[where], self.y[where], self.z[where])
        for name in ("tissue", "label", "fat_share", "gain"):
            setattr(part, name, getattr(self, name)[where])
        return part

    def merge(self, where, part):
        for name in ("tissue", "label", "fat_share", "gain"):
            getattr(self, name)[where] = getattr(part, name)


def ellipse(u, v, half_u, half_v, angle_deg=0.0, power=2.0):
    """About the signed distance to a (super)ellipse round the origin, positive inside."""
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    p, q = (u * cosine + v * sine) / half_u, (v * cosine - u * sine) / half_v
    radius = np.hypot(p, q) if power == 2 else (np.abs(p) ** power + np.abs(q) ** power) ** (1 / power)
    return (1 - radius) * np.minimum(half_u, half_v)


def rounded(first, second, radius):
    """The common part of two shapes, given by signed distances, with its edges rounded off."""
    outside = np.hypot(np.maximum(radius - first, 0), np.maximum(radius - second, 0))
    return np.minimum(np.minimum(first, second), radius - outside)


def capsule(u, v, start, end, radius):
    """Signed distance to a thick line, positive inside."""
    du, dv = end[0] - start[0], end[1] - start[1]
    along = np.clip(((u - start[0]) * du + (v - start[1]) * dv) / (du * du + dv * dv), 0, 1)
    return radius - np.hypot(u - start[0] - along * du, v - start[1] - along * dv)
