# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Vertebral bodies in label volumes."""

import numpy as np


def numbers_from_below(labels):
    """Numbers of the bodies in a volume whose first axis runs down, the lowest first; 0 is no body."""
    mean_row = {
        number: np.nonzero((labels == number).any((1, 2)))[0].mean() for number in np.unique(labels[labels > 0])
    }
    return sorted(mean_row, key=mean_row.get, reverse=True)
