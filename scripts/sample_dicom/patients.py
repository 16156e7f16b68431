# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The two synthetic patients: every number that differs between them.

Sizes are those of adults in the literature, rounded; none is taken from a person. Body frame: x to
the patient's left, y to the back, z to the head, in mm, origin in the center of L3.
"""

from dataclasses import dataclass

LEVELS = ("T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4")
LEVEL_NUMBER = {name: index - 1 for index, name in enumerate(LEVELS)}  # L1 is 1, S1 is 6


@dataclass(frozen=True)
class Side:
    """The muscles of one side of the back at L3."""

    size: float  # in-plane scale of the template outlines
    multifidus_fat: float  # fat fraction, 0 to 1
    erector_fat: float


@dataclass(frozen=True)
class Patient:
    """One patient: header values, then anatomy."""

    name: str
    identifier: str
    sex: str
    age_years: int
    height_m: float
    weight_kg: float
    seed: int
    tilt_deg: tuple  # of every vertebra, top to the back positive
    wedge_deg: tuple  # half the angle between its endplates
    disc_mm: tuple  # height of the disc below
    hydration: tuple  # of that disc's nucleus, 0 black to 1 bright
    vertebra_scale: float
    marrow: float  # brightness of marrow relative to fat
    subcutaneous_mm: float  # fat behind the muscles at L3
    psoas_scale: float
    right: Side
    left: Side
    roll_deg: float  # how the patient lies on the table: about the y axis
    table_mm: tuple  # center of L3 in patient coordinates (LPS)


PATIENT_A = Patient(
    name="SAMPLE^A",
    identifier="sample-a",
    sex="F",
    age_years=61,
    height_m=1.62,
    weight_kg=63,
    seed=20260101,
    tilt_deg=(11, 10, 8, 3, -4, -12, -24, -44, -44, -33, -12),
    wedge_deg=(-1, -1, 0, 0.5, 1.5, 2, 4, 2, 1, 3, 3),
    disc_mm=(5, 6.5, 8, 9.5, 10.5, 11, 10, 3.5, 1.6, 1.2, 1),
    hydration=(0.6, 0.7, 0.75, 0.8, 0.7, 0.35, 0.55, 0.3, 0.1, 0.1, 0.1),
    vertebra_scale=1.0,
    marrow=0.43,
    subcutaneous_mm=17,
    psoas_scale=1.0,
    right=Side(size=0.99, multifidus_fat=0.27, erector_fat=0.15),
    left=Side(size=0.98, multifidus_fat=0.24, erector_fat=0.17),
    roll_deg=0.8,
    table_mm=(3.0, 41.0, -22.0),
)

PATIENT_B = Patient(
    name="SAMPLE^B",
    identifier="sample-b",
    sex="M",
    age_years=78,
    height_m=1.71,
    weight_kg=84,
    seed=20260102,
    tilt_deg=(16, 13, 8, 2, -6, -14, -22, -38, -42, -34, -12),
    wedge_deg=(-2, -1.5, -2.5, 0, 1, 1.5, 3, 2, 1, 3, 3),
    disc_mm=(4.5, 5.5, 7, 8, 8.5, 7, 6.5, 2.5, 1.4, 1.2, 1),
    hydration=(0.3, 0.35, 0.4, 0.3, 0.3, 0.08, 0.08, 0.1, 0.1, 0.1, 0.1),
    vertebra_scale=1.03,
    marrow=0.56,
    subcutaneous_mm=27,
    psoas_scale=0.92,
    right=Side(size=1.02, multifidus_fat=0.28, erector_fat=0.19),
    left=Side(size=0.90, multifidus_fat=0.46, erector_fat=0.35),
    roll_deg=-2.6,
    table_mm=(-6.0, 28.0, 14.0),
)
