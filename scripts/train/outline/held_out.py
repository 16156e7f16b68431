# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What the shipped model never sees, so that a small real test set stays honest.

One patient of axial_unlabelled (recognised by eye from the skin outline and muscles, there are no patient numbers)
with his three matched masks, and the recovered T2 pair; two subjects of sagittal_t2_vertebrae. A mask of the other
contrast that overlaps a held-out mask by Dice > 0.9 is taken for the same patient and held out too.
"""

# Matched pairs of that patient: rows of axial_pairs_l45/matched_pairs.csv, by image.
MATCHED_IMAGES = frozenset(
    {
        "train/without_pain/spine_0013.png",
        "train/without_pain/spine_0021.png",
        "train/without_pain/spine_0000.png",
    }
)

MASKS = frozenset(
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

# Every axial slice of that patient in axial_unlabelled.
UNLABELLED_IMAGES = frozenset(
    {
        "train/with_pain/spine_0001.png",
        "train/with_pain/spine_0017.png",
        "train/with_pain/spine_0020.png",
        "train/with_pain/spine_0022.png",
        "train/with_pain/spine_0036.png",
        "train/with_pain/spine_0050.png",
        "train/without_pain/spine_0000.png",
        "train/without_pain/spine_0013.png",
        "train/without_pain/spine_0021.png",
        "train/without_pain/spine_0023.png",
        "train/without_pain/spine_0032.png",
        "train/without_pain/spine_0039.png",
        "train/without_pain/spine_0058.png",
        "train/without_pain/spine_0059.png",
        "train/without_pain/spine_0063.png",
        "validation/with_pain/spine_0000.png",
        "validation/with_pain/spine_0011.png",
        "validation/with_pain/spine_0016.png",
        "validation/without_pain/spine_0011.png",
    }
)

VERTEBRA_SUBJECTS = frozenset({"05", "16"})
