# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The nine channels of the outlining network. Right and left are the patient's.

In the canonical orientation the patient's right lies on the image's left and anterior is up.
"""

CHANNEL_NAMES = (
    "background",
    "mf_right",
    "mf_left",
    "es_right",
    "es_left",
    "vertebral_body",
    "psoas_right",
    "psoas_left",
    "quadratus_lumborum",
)
CHANNEL_COUNT = len(CHANNEL_NAMES)

BACKGROUND = 0
MF_RIGHT, MF_LEFT, ES_RIGHT, ES_LEFT = 1, 2, 3, 4
VERTEBRAL_BODY = 5
PSOAS_RIGHT, PSOAS_LEFT = 6, 7
QUADRATUS_LUMBORUM = 8

PARASPINAL = (MF_RIGHT, MF_LEFT, ES_RIGHT, ES_LEFT)

# Channel that each channel becomes when the image is mirrored left to right.
MIRRORED_CHANNEL = (0, 2, 1, 4, 3, 5, 7, 6, 8)
