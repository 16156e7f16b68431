# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A whole patient as a function of place: what tissue is where, in body and patient coordinates."""

import numpy as np

from . import tissues
from .bones import paint_bones
from .canal import paint_canal, paint_ligaments
from .canvas import Canvas
from .muscles import Muscles
from .noise import Texture
from .spine import Spine
from .trunk import paint_trunk


class Scene:
    """The anatomy of one patient, the same for every series."""

    def __init__(self, patient):
        self.patient = patient
        self.spine = Spine(patient)
        self._texture = Texture(patient.seed)
        self._muscles = Muscles(patient, self.spine, self._texture)
        roll = np.radians(patient.roll_deg)
        cosine, sine = np.cos(roll), np.sin(roll)
        self._patient_from_body = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]])

    def to_patient(self, point_mm):
        """DICOM patient coordinates (LPS, mm) of a point of the body frame."""
        return self._patient_from_body @ np.asarray(point_mm) + np.array(self.patient.table_mm)

    def direction_to_patient(self, direction):
        return self._patient_from_body @ np.asarray(direction)

    def look(self, x_mm, y_mm, z_mm):
        """A canvas of the tissues at points in patient coordinates."""
        dx, dy, dz = (p - t for p, t in zip((x_mm, y_mm, z_mm), self.patient.table_mm))
        back = self._patient_from_body
        x, y, z = (back[0, i] * dx + back[1, i] * dy + back[2, i] * dz for i in range(3))
        canvas = Canvas(x, y, z)
        paint_trunk(canvas, self.patient, self.spine, self._texture)
        self._muscles.paint_deep(canvas)
        self._muscles.paint_back(canvas)
        paint_ligaments(canvas, self.spine)
        paint_canal(canvas, self.spine)
        paint_bones(canvas, self.spine, self._texture, self.patient.hydration)
        return canvas

    def signal(self, canvas, weighting):
        """Brightness of every point, 1 for fat; weighting is "T2" or "T1"."""
        table = {"T2": tissues.T2_SIGNAL, "T1": tissues.T1_SIGNAL}[weighting]
        points = canvas.x, canvas.y, canvas.z
        fine, coarse = self._texture.fine.at(*points), self._texture.coarse.at(*points)
        grain = 1 + tissues.FINE_TEXTURE[canvas.tissue] * fine + tissues.COARSE_TEXTURE[canvas.tissue] * coarse
        own = table[canvas.tissue] * canvas.gain * grain
        marrow = canvas.tissue == tissues.CODE["marrow"]
        own[marrow] *= self.patient.marrow / tissues.T2_SIGNAL[tissues.CODE["marrow"]] if weighting == "T2" else 1.1
        fat = table[tissues.CODE["fat"]] * 0.93
        return own + canvas.fat_share * (fat - own)
