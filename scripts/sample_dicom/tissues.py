# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Brightness of every tissue on T2- and T1-weighted spin echo images."""

import numpy as np

# name: (T2 signal, T1 signal, fine texture, coarse texture); signals relative to fat, textures are
# relative standard deviations. Set by eye against clinical turbo spin echo images.
_TABLE = {
    "air": (0.0, 0.0, 0, 0),
    "fat": (0.92, 0.95, 0.02, 0.05),
    "skin": (0.30, 0.35, 0.05, 0.05),
    "septum": (0.62, 0.62, 0.05, 0.05),
    "fascia": (0.16, 0.20, 0.05, 0.05),
    "muscle": (0.135, 0.30, 0.13, 0.07),
    "cortex": (0.055, 0.07, 0.10, 0.05),
    "marrow": (0.43, 0.55, 0.06, 0.05),
    "vein": (0.75, 0.35, 0.05, 0.05),
    "ligament": (0.09, 0.12, 0.10, 0.05),
    "annulus": (0.12, 0.24, 0.08, 0.05),
    "nucleus": (0.62, 0.27, 0.05, 0.05),
    "fluid": (1.08, 0.12, 0.01, 0.02),
    "cord": (0.44, 0.38, 0.02, 0.03),
    "root": (0.32, 0.33, 0.05, 0.03),
    "vessel": (0.035, 0.06, 0.15, 0.05),
    "kidney": (0.58, 0.36, 0.05, 0.05),
    "bowel": (0.34, 0.36, 0.08, 0.25),
    "gas": (0.04, 0.04, 0.10, 0.05),
    "liver": (0.22, 0.42, 0.06, 0.04),
}
CODE = {name: code for code, name in enumerate(_TABLE)}
T2_SIGNAL, T1_SIGNAL, FINE_TEXTURE, COARSE_TEXTURE = np.array(list(_TABLE.values()), float).T
