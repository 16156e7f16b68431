# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Multifidus and erector spinae with the fat inside them, psoas and quadratus lumborum."""

import numpy as np

from .canvas import capsule, ellipse
from .outlines import (
    BACK_Q_MM,
    ERECTOR_SPINAE,
    FRONT_Q_MM,
    LATERAL_X_MM,
    MULTIFIDUS,
    SEPTUM_X_MM,
    Outline,
)

# Labels of the patient's right side; the left is one more.
MULTIFIDUS_LABEL, ERECTOR_LABEL, PSOAS_LABEL = 1, 3, 6

# How the compartment changes along the spine: level number, then mm.
_LEVELS = (-1, 0, 1, 2, 3, 4, 5, 6, 7, 8)
_FRONT_MM = (11, 13, 15, 16.5, 17, 18, 18, 14, 9, 6)
_BACK_MM = (41, 44, 48, 50.5, 51.5, 52, 49, 38, 25, 14)
_SEPTUM_MM = (12, 14, 17, 20.5, 24.3, 28.5, 33, 32, 24, 14)
_LATERAL_MM = (52, 59, 64, 68, 68.6, 67, 61, 46, 30, 18)
_ANCHOR_MM = (2.5, 20.0)  # x and q that stay where they are when a side is smaller

_ALONG = 0.4  # fat changes this much slower along the spine than the fields do
_FAT_EDGE = 0.45  # of the fat tendency: how gradually muscle turns into fat


def back_depth(level):
    """Depth of the thoracolumbar fascia behind the posterior wall, mm."""
    return np.interp(level, _LEVELS, _BACK_MM)


def to_template(x_abs, q, level):
    """Where a point lies in the cross-section at L3 that the outlines are drawn in."""
    septum, lateral = np.interp(level, _LEVELS, _SEPTUM_MM), np.interp(level, _LEVELS, _LATERAL_MM)
    outer = SEPTUM_X_MM + (x_abs - septum) * (LATERAL_X_MM - SEPTUM_X_MM) / (lateral - septum)
    x_template = np.where(x_abs < septum, x_abs * SEPTUM_X_MM / septum, outer)
    front, back = np.interp(level, _LEVELS, _FRONT_MM), np.interp(level, _LEVELS, _BACK_MM)
    return x_template, FRONT_Q_MM + (q - front) * (BACK_Q_MM - FRONT_Q_MM) / (back - front)


def _fibers(x, q_template, z, inside):
    """Where the chosen points lie along the fibers of the muscle, which follow the curve of the back."""
    return x[inside], q_template[inside], z[inside] * _ALONG


class Muscles:
    """The muscles of one patient."""

    def __init__(self, patient, spine, texture):
        self._patient, self._spine, self._texture = patient, spine, texture
        self._outlines = {"multifidus": Outline(MULTIFIDUS), "erector": Outline(ERECTOR_SPINAE)}
        self._thresholds = {(name, left): self._calibrated(name, left) for name in self._outlines for left in (0, 1)}

    def _side(self, left):
        return self._patient.left if left else self._patient.right

    def _distance(self, name, left, x_template, q_template):
        size, (x0, q0) = self._side(left).size, _ANCHOR_MM
        return self._outlines[name].distance_at(x0 + (x_template - x0) / size, q0 + (q_template - q0) / size) * size

    def _tendency(self, name, fibers, distance):
        """High where fat comes first: between fascicles, deep and medial in multifidus, at the rim.

        fibers: x, template q and height of the points, so that fat runs along the muscle.
        """
        x, q = np.abs(fibers[0]), fibers[1]
        patches = 0.75 * self._texture.lobule.at(*fibers) + 0.55 * self._texture.fiber.at(*fibers)
        if name == "multifidus":
            return patches + 1.3 * np.exp(-(((q - 22) / 6) ** 2)) + 0.7 * np.exp(-(((x - 3) / 4) ** 2))
        return patches + 0.7 * np.exp(-((distance / 2.5) ** 2)) + 0.5 * np.exp(-(((q - 16) / 6) ** 2))

    def _strands(self, fibers):
        """Thin sheets of fat between the fascicles."""
        sheet, where = self._texture.sheet.at(*fibers), self._texture.coarse.at(*fibers)
        return np.exp(-((sheet / 0.07) ** 2)) * np.clip(0.35 + 0.5 * where, 0, 0.8)

    def _share(self, tendency, strands, threshold):
        soft = np.clip(0.5 + (tendency - threshold) / (2 * _FAT_EDGE), 0, 1)
        return np.maximum(soft * soft * (3 - 2 * soft), strands)

    def _calibrated(self, name, left):
        """The threshold that gives the patient's fat fraction on the inferior endplate of L3."""
        point, normal = self._spine.named("L3").inferior_endplate()
        x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0.25, 95, 0.5), np.arange(0, 110, 0.5)))
        z = point[2] - (y - point[1]) * normal[1] / normal[2]
        level, q = self._spine.level_at(z), y - self._spine.wall_at(z)
        x_template, q_template = to_template(x, q, level)
        distance = self._distance(name, left, x_template, q_template)
        inside = distance > 0
        fibers = _fibers(np.where(left, x, -x), q_template, z, inside)
        tendency, strands = self._tendency(name, fibers, distance[inside]), self._strands(fibers)
        side = self._side(left)
        wanted = side.multifidus_fat if name == "multifidus" else side.erector_fat
        low, high = -10.0, 10.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self._share(tendency, strands, middle).mean() > wanted else (low, middle)
        return low

    def paint_back(self, canvas):
        """Multifidus, erector spinae, the septum between them and the thoracolumbar fascia."""
        level, q = self._spine.level_at(canvas.z), canvas.y - self._spine.wall_at(canvas.z)
        where = (level < 8) & (q > 4) & (q < 75) & (np.abs(canvas.x) < 100)
        part = canvas.part(where)
        x_template, q_template = to_template(np.abs(part.x), q[where], level[where])
        for left in (0, 1):
            here = (part.x >= 0) if left else (part.x < 0)
            distances = {name: self._distance(name, left, x_template, q_template) for name in self._outlines}
            first, second = distances.values()
            part.paint(here & (np.minimum(first, second) > -1.6) & (q_template > 20), "septum")
            part.paint(here & (np.abs(np.maximum(first, second) + 0.9) < 0.5) & (q_template > 30), "fascia")
            for name, label in (("multifidus", MULTIFIDUS_LABEL), ("erector", ERECTOR_LABEL)):
                inside = here & (distances[name] > 0)
                part.paint(inside, "muscle", label=label + left)
                fibers = _fibers(part.x, q_template, part.z, inside)
                tendency = self._tendency(name, fibers, distances[name][inside])
                part.fat_share[inside] = self._share(tendency, self._strands(fibers), self._thresholds[name, left])
        canvas.merge(where, part)

    def paint_deep(self, canvas):
        """Psoas beside the bodies, quadratus lumborum in front of erector spinae and the fascia beside it."""
        level, q = self._spine.level_at(canvas.z), canvas.y - self._spine.wall_at(canvas.z)
        growth = np.interp(level, (0.6, 1.5, 3, 4, 5, 6), (0.05, 0.5, 1, 1.25, 1.3, 1.2)) * self._patient.psoas_scale
        forward = np.interp(level, (3, 5, 7), (0, 10, 35))
        height = np.interp(level, (0.5, 1.2, 3, 4.2, 4.6), (0.2, 0.7, 1, 1, 0.3))
        wobble = 0.3 * self._texture.lobule.at(canvas.x, canvas.y, canvas.z)
        strands = 0.5 * self._strands((canvas.x, canvas.y, canvas.z * _ALONG))
        lateral = np.interp(level, _LEVELS, _LATERAL_MM)
        for left in (0, 1):
            x = canvas.x if left else -canvas.x
            sheet = capsule(x - lateral, q, (-3, 28), (34, 12), 1.5) + wobble
            canvas.paint((sheet > 0) & (level < 4.8), "muscle", gain=0.8)
            quadratus = (ellipse(x - 64, q - 6.0, 17.5 * height, 7.5 * height, 14, 2.3) + wobble > 0) & (level < 4.6)
            canvas.paint(quadratus, "muscle")
            canvas.fat_share[quadratus] = strands[quadratus]
            center = 22.5 + 10.5 * growth + np.interp(level, (5, 7), (0, 14))
            psoas = ellipse(x - center, q + 10 + forward, 11.5 * growth, 19.5 * growth, -14, 2.3) + wobble > 0
            canvas.paint(psoas, "muscle", label=PSOAS_LABEL + left, gain=0.95)
            canvas.fat_share[psoas] = strands[psoas]
