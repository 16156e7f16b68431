# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What a network never sees: the shipped one, so that a small real test set stays honest, and those of the folds.

The patients of axial_unlabelled were recognized by eye from the skin outline and the muscles; there are no patient
numbers. A mask of axial_masks_l45 that overlaps one of a left-out slice by Dice > 0.9 is taken for the same patient's
and left out too.
"""

from dataclasses import dataclass


def _images(train_with="", train_without="", validation_with="", validation_without=""):
    folders = {
        "train/with_pain": train_with,
        "train/without_pain": train_without,
        "validation/with_pain": validation_with,
        "validation/without_pain": validation_without,
    }
    return frozenset(f"{folder}/spine_00{n}.png" for folder, numbers in folders.items() for n in numbers.split())


# Every axial slice of axial_unlabelled by patient; "aging" may be several people alike.
PATIENTS = {
    "degenerated": _images(
        "01 17 20 22 36 50",
        "00 13 21 23 32 39 58 59 63",
        "00 11 16",
        "11",
    ),
    "obese": _images("04 12 19 68", "10 12 30 38", "27", "02 21"),
    "muscular": _images(
        "03 18 24 27 28 33 35 42 49 56 57 66",
        "04 47 61 62",
        "04 06 08 19 21 22",
        "04 13 24",
    ),
    "aging": _images(
        "06 07 23 25 31 34 38 43 47 48 58 64 65",
        "05 07 15 20 22 26 29 53 64",
        "15 18",
        "00 06 07 09 23",
    ),
}
RECOVERED_T2 = frozenset({"axial_pairs_l45/T2_00000_image_320.png"})
RECOVERED_T1 = frozenset({"axial_pairs_l45/T1_00000_image_320.png"})

# Masks of the pairs of "degenerated" and of the recovered T2 pair.
SHIPPED_MASKS = frozenset(
    {
        "labels_T2_L4L5/00346.png",
        "labels_T1_L4L5/00342.png",
        "labels_T1_L4L5/00364.png",
        "labels_T2_L4L5/00044.png",
        "labels_T2_L4L5/00000.png",
        "labels_T1_L4L5/00132.png",
        "labels_T2_L4L5/00190.png",
    }
)
# Masks of every other pair.
FOLD_MASKS = frozenset(
    {
        "labels_T1_L4L5/00000.png",
        "labels_T2_L4L5/00023.png",
        "labels_T2_L4L5/00342.png",
        "labels_T1_L4L5/00275.png",
        "labels_T2_L4L5/00121.png",
        "labels_T1_L4L5/00011.png",
        "labels_T2_L4L5/00045.png",
        "labels_T1_L4L5/00160.png",
        "labels_T1_L4L5/00002.png",
        "labels_T2_L4L5/00267.png",
        "labels_T2_L4L5/00071.png",
        "labels_T1_L4L5/00051.png",
        "labels_T1_L4L5/00196.png",
        "labels_T2_L4L5/00075.png",
    }
)


@dataclass(frozen=True)
class LeftOut:
    """Images by name, subjects as (kind of slice, subject), masks whose shapes the generator does not use."""

    images: frozenset
    subjects: frozenset
    masks: frozenset

    def has(self, one):
        """Whether a RealSlice is left out, by its image or its subject."""
        image = one.name.removeprefix("axial_unlabelled/")
        return image in self.images or (one.kind, one.name.split("/")[0]) in self.subjects


def _subjects(dixon, vertebra):
    return frozenset({("dixon", subject) for subject in dixon} | {("vertebra", subject) for subject in vertebra})


SHIPPED = LeftOut(PATIENTS["degenerated"] | RECOVERED_T2, _subjects((), ("05", "16")), SHIPPED_MASKS)
# Two networks between them have never seen any patient, each about half; the recovered pairs are left out of both. Four
# subjects of sagittal_t2_vertebrae (02, 04, 08, 10) are learned from by every network and never judged by.
FOLDS = {
    "a": LeftOut(
        SHIPPED.images | RECOVERED_T1 | PATIENTS["obese"] | PATIENTS["aging"],
        _subjects(("subject01",), ("05", "06", "07", "09")),
        SHIPPED_MASKS | FOLD_MASKS,
    ),
    "b": LeftOut(
        SHIPPED.images | RECOVERED_T1 | PATIENTS["muscular"],
        _subjects(("subject02",), ("12", "13", "14", "16")),
        SHIPPED_MASKS | FOLD_MASKS,
    ),
}


# A network that has seen no image of the only hospital whose real T2 slices we have: what another hospital may expect.
HOSPITAL = "hospital"
_ALL_IMAGES = frozenset().union(*PATIENTS.values()) | RECOVERED_T2 | RECOVERED_T1
NAMES = (*FOLDS, HOSPITAL)


def left_out(name=None):
    """By the shipped network, or by that of a fold or of HOSPITAL."""
    if name == HOSPITAL:
        return LeftOut(_ALL_IMAGES, SHIPPED.subjects, SHIPPED_MASKS | FOLD_MASKS)
    return FOLDS[name] if name else SHIPPED
