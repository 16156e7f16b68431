# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Expert muscle outlines, brought into one frame, from which the generator warps its muscles.

Frame of a shape: origin on the midline between the multifidus centers, x to the patient's left, y posterior,
lengths in widths of the muscle group (both erectors spinae, outer edge to outer edge).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nibabel
import numpy as np
from PIL import Image
from scipy import ndimage

from .classes import ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, PARASPINAL

SMALLEST_MUSCLE_PIXELS = 60
# A shape whose left-right axis is tilted more than this (cosine) is a mislabeled or rotated file.
SMALLEST_AXIS_COSINE = 0.9
EDGE_SOFTNESS_PIXELS = 1.0

# Gray value / label of each source -> our channel.
MASK_PNG_CHANNELS = {50: ES_RIGHT, 100: MF_RIGHT, 150: MF_LEFT, 200: ES_LEFT}
DIXON_CHANNELS = (0, ES_RIGHT, MF_RIGHT, MF_LEFT, ES_LEFT)
T1LIKE_CHANNELS = (0, MF_RIGHT, MF_LEFT, ES_RIGHT, ES_LEFT, 6, 7, 8, 8)


@dataclass
class MuscleShape:
    """Soft masks of the four muscles in their source pixels, and where the frame lies in them."""

    masks: np.ndarray  # (4, rows, columns) float16, in the order of PARASPINAL
    origin: np.ndarray  # x, y of the frame's origin, source pixels
    x_axis: np.ndarray  # unit vector, source pixels
    width: float  # of the muscle group, source pixels
    top: float  # anterior end of multifidus, y in frame units
    bottom: float  # posterior end of multifidus
    es_top: float  # anterior end of erector spinae
    half_gap: float  # half distance between the two multifidi
    mf_edge: float  # lateral edge of multifidus, |x|
    multifidus_share: float  # area of both multifidi in that of the four muscles

    @property
    def y_axis(self):
        return np.array([-self.x_axis[1], self.x_axis[0]])

    def narrowing_for(self, share):
        """Factor on the width of multifidus that gives it this share while erector spinae fills the rest of the group.

        The area of multifidus goes with the factor f, that of erector spinae with (0.5 - f e) / (0.5 - e), e = mf_edge.
        """
        rest = (1 - self.multifidus_share) / (0.5 - self.mf_edge)
        return 0.5 * share * rest / (self.multifidus_share * (1 - share) + share * rest * self.mf_edge)


def muscle_shape(labels):
    """The MuscleShape of a label map, or None where a muscle is missing or the map is not upright."""
    masks = [labels == channel for channel in PARASPINAL]
    if min(mask.sum() for mask in masks) < SMALLEST_MUSCLE_PIXELS:
        return None
    mf_right, mf_left, es_right, es_left = (np.array(ndimage.center_of_mass(mask))[::-1] for mask in masks)
    x_axis = (mf_left - mf_right) / np.linalg.norm(mf_left - mf_right)
    x_axis = x_axis + 0.5 * (es_left - es_right) / np.linalg.norm(es_left - es_right)
    x_axis /= np.linalg.norm(x_axis)
    if x_axis[0] < SMALLEST_AXIS_COSINE:
        return None
    y_axis = np.array([-x_axis[1], x_axis[0]])

    rows, columns = np.nonzero(np.isin(labels, PARASPINAL))
    channel = labels[rows, columns]
    points = np.stack([columns, rows], axis=1) - (mf_right + mf_left) / 2
    x, y = points @ x_axis, points @ y_axis
    midline = 0.5 * (np.percentile(x[channel == MF_RIGHT], 98) + np.percentile(x[channel == MF_LEFT], 2))
    width = np.percentile(x, 99.7) - np.percentile(x, 0.3)
    x, y = (x - midline) / width, y / width
    multifidus = np.isin(channel, (MF_RIGHT, MF_LEFT))
    left, right = x[channel == MF_LEFT], x[channel == MF_RIGHT]
    soft = [ndimage.gaussian_filter(mask.astype(np.float32), EDGE_SOFTNESS_PIXELS) for mask in masks]
    return MuscleShape(
        masks=np.stack(soft).astype(np.float16),
        origin=(mf_right + mf_left) / 2 + x_axis * midline,
        x_axis=x_axis,
        width=width,
        top=np.percentile(y[multifidus], 1),
        bottom=np.percentile(y[multifidus], 99),
        es_top=np.percentile(y[~multifidus], 1),
        half_gap=0.5 * (np.percentile(left, 4) - np.percentile(right, 96)),
        mf_edge=0.5 * (np.percentile(left, 90) - np.percentile(right, 10)),
        multifidus_share=multifidus.mean(),
    )


def read_mask_png(path):
    """Label map of an expert mask PNG (gray values 50, 100, 150, 200, slightly off at edges)."""
    rounded = 50 * np.round(np.array(Image.open(path).convert("L")) / 50.0).astype(int)
    labels = np.zeros(rounded.shape, np.uint8)
    for gray, channel in MASK_PNG_CHANNELS.items():
        labels[rounded == gray] = channel
    return labels


def axial_volume_labels(path, channels):
    """Axial label maps of a NIfTI volume whose first axis runs to the patient's left."""
    volume = np.asarray(nibabel.load(path).dataobj).astype(int)
    return [np.array(channels, np.uint8)[volume[:, :, k].T] for k in range(volume.shape[2])]


@lru_cache(maxsize=1)
def load_shapes(data, left_out):
    """The usable shapes that are not left out, by source: 'l45' (L4/5 masks), 'dixon' (L2-L5), 't1like' (L3/4-S1)."""
    data = Path(data)
    png = [
        path
        for path in sorted(data.glob("axial_masks_l45/labels_T*/*.png"))
        if f"{path.parent.name}/{path.name}" not in left_out.masks
    ]
    volumes = [
        ("dixon", f"dixon_l2_l5/{subject}_labels.nii.gz", DIXON_CHANNELS)
        for subject in ("subject01", "subject02")
        if ("dixon", subject) not in left_out.subjects
    ] + [("t1like", "axial_t1like_l4/sub_0001_ses-abdomen_dseg.nii.gz", T1LIKE_CHANNELS)]
    maps = {"l45": [read_mask_png(path) for path in png], "dixon": [], "t1like": []}
    for source, path, channels in volumes:
        maps[source] += axial_volume_labels(data / path, channels)
    return {source: [s for s in map(muscle_shape, labels) if s is not None] for source, labels in maps.items()}
