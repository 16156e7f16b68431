# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Multifidus and erector spinae with the fat inside them, psoas and quadratus lumborum."""

import numpy as np

from .canvas import ellipse
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
_SEPTUM_MM = (12, 14, 17, 21, 25.5, 29.5, 34, 33, 24, 14)
_LATERAL_MM = (53, 60, 66, 70, 71, 70, 63, 46, 30, 18)
_CENTRES_MM = {"multifidus": (14.5, 37.5), "erector": (45.0, 33.0)}

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


class Muscles:
    """The muscles of one patient."""

    def __init__(self, patient, spine, texture):
        self._patient, self._spine, self._texture = patient, spine, texture
        self._outlines = {"multifidus": Outline(MULTIFIDUS), "erector": Outline(ERECTOR_SPINAE)}
        self._thresholds = {(name, left): self._calibrated(name, left) for name in self._outlines for left in (0, 1)}

    def _side(self, left):
        return self._patient.left if left else self._patient.right

    def _distance(self, name, left, x_template, q_template):
        side = self._side(left)
        size = side.multifidus_size if name == "multifidus" else side.erector_size
        x0, q0 = _CENTRES_MM[name]
        return self._outlines[name].distance_at(x0 + (x_template - x0) / size, q0 + (q_template - q0) / size) * size

    def _tendency(self, name, points, x_template, q_template, distance):
        """High where fat comes first: between fascicles, deep and medial in multifidus, at the rim."""
        texture = self._texture
        patches = 0.75 * texture.lobule.at(*points) + 0.55 * texture.fibre.at(*points)
        if name == "multifidus":
            deep = np.exp(-(((q_template - 22) / 7) ** 2))
            medial = np.exp(-((x_template - 5) / 5) ** 2)
            return patches + 1.3 * deep + 0.7 * medial
        rim = np.exp(-((distance / 2.5) ** 2))
        return patches + 0.7 * rim + 0.5 * np.exp(-(((q_template - 16) / 7) ** 2))

    def _strands(self, points):
        """Thin sheets of fat between the fascicles."""
        sheet, where = self._texture.sheet.at(*points), self._texture.coarse.at(*points)
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
        points = (np.where(left, x, -x)[inside], y[inside], z[inside])
        tendency = self._tendency(name, points, x_template[inside], q_template[inside], distance[inside])
        strands = self._strands(points)
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
        level, q = level[where], q[where]
        x_template, q_template = to_template(np.abs(part.x), q, level)
        for left in (0, 1):
            here = (part.x >= 0) if left else (part.x < 0)
            distances = {n: self._distance(n, left, x_template, q_template) for n in self._outlines}
            near = np.maximum(distances["multifidus"], distances["erector"])
            # Where a muscle has shrunk, fat fills the compartment between it and the fascia.
            whole = np.maximum(*(o.distance_at(x_template, q_template) for o in self._outlines.values()))
            part.paint(here & (near < 0) & (near > -1.2), "septum")
            fascia = here & (np.abs(whole + 1.3) < 0.6) & (q_template > 30)
            part.paint(fascia & (near < -0.4), "fascia")
            for name, label in (("multifidus", MULTIFIDUS_LABEL), ("erector", ERECTOR_LABEL)):
                self._fill(part, here & (distances[name] > 0), name, left, label + left, x_template, q_template, distances[name])
        canvas.merge(where, part)

    def _fill(self, part, inside, name, left, label, x_template, q_template, distance):
        points = part.x[inside], part.y[inside], part.z[inside]
        tendency = self._tendency(name, points, x_template[inside], q_template[inside], distance[inside])
        part.paint(inside, "muscle", label=label)
        part.fat_share[inside] = self._share(tendency, self._strands(points), self._thresholds[name, left])

    def paint_deep(self, canvas):
        """Psoas beside the bodies and quadratus lumborum in front of erector spinae."""
        level, q = self._spine.level_at(canvas.z), canvas.y - self._spine.wall_at(canvas.z)
        growth = np.interp(level, (0.6, 1.5, 3, 4, 5, 6), (0.05, 0.5, 1, 1.25, 1.3, 1.2)) * self._patient.psoas_scale
        forward = np.interp(level, (3, 5, 7), (0, 10, 35))
        wobble = 0.8 * self._texture.lobule.at(canvas.x, canvas.y, canvas.z)
        for left in (0, 1):
            x = canvas.x if left else -canvas.x
            centre = 21.5 + 11.5 * growth + np.interp(level, (5, 7), (0, 14))
            psoas = ellipse(x - centre, q + 8 + forward, 12.0 * growth, 20.0 * growth, -18, 2.3) + 0.3 * wobble
            canvas.paint(psoas > -0.7, "septum", gain=0.8)
            canvas.paint(psoas > 0, "muscle", label=PSOAS_LABEL + left, gain=0.95)
            canvas.fat_share[psoas > 0] = (0.6 * self._strands((canvas.x, canvas.y, canvas.z)))[psoas > 0]
            height = np.interp(level, (0.5, 1.2, 3, 4.2, 4.6), (0.2, 0.7, 1, 1, 0.3))
            quadratus = ellipse(x - 64, q - 6.5, 20.0 * height, 7.5 * height, 12, 2.3) + 0.3 * wobble
            canvas.paint((quadratus > -1.0) & (level < 4.6), "septum", gain=0.7)
            canvas.paint((quadratus > 0) & (level < 4.6), "muscle")
            canvas.fat_share[quadratus > 0] = (0.5 * self._strands((canvas.x, canvas.y, canvas.z)))[quadratus > 0]
