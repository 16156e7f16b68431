# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Who is left out of which training run.

axial_unlabelled shows four patients on its sagittal slices (recognized by eye, see hand_outlines.json). Two are never
trained on; a cross-validation fold also leaves out one of the other two.
"""

TEST_PATIENTS = frozenset({"degenerated", "obese"})
# Of sagittal_t2_spider. In 200 and 241 S1 has a disc of its own.
SPIDER_TEST_PATIENTS = frozenset(f"spider_{n}" for n in ("005", "061", "107", "185", "200", "220", "234", "241"))

FOLD_SUBJECTS = (("02", "08", "16"), ("04", "09"), ("05", "10"), ("06", "12", "14"), ("07", "13"))
FOLD_PATIENTS = ("lordotic", "slender", "lordotic", "slender", "lordotic")


def left_out(fold):
    """Names of the subjects and patients that the model of a fold (None: the final one) never sees."""
    if fold is None:
        return TEST_PATIENTS | SPIDER_TEST_PATIENTS
    return TEST_PATIENTS | SPIDER_TEST_PATIENTS | {*FOLD_SUBJECTS[fold], FOLD_PATIENTS[fold]}


def fold_of(name):
    """The first fold that leaves out a subject or patient, None for those that every model leaves out."""
    for fold, (subjects, patient) in enumerate(zip(FOLD_SUBJECTS, FOLD_PATIENTS)):
        if name in subjects or name == patient:
            return fold
    return None
