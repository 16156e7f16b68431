# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Vertebral bodies in label volumes."""

import nibabel
import numpy as np


def load_volume(path):
    """Image and label volume of a file NAME_img.nii.gz and the NAME_seg.nii.gz beside it."""
    image = np.asarray(nibabel.load(path).dataobj).astype(np.float32)
    labels = np.asarray(nibabel.load(str(path).replace("_img", "_seg")).dataobj)
    # Four labels have one slice more than the image: compared with a network's outlines it is the last one.
    return image, labels[..., : image.shape[2]]


def numbers_from_below(labels):
    """Numbers of the bodies in a volume whose first axis runs down, the lowest first; 0 is no body."""
    mean_row = {
        number: np.nonzero((labels == number).any((1, 2)))[0].mean() for number in np.unique(labels[labels > 0])
    }
    return sorted(mean_row, key=mean_row.get, reverse=True)
