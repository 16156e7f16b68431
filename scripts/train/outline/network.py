# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The outlining network."""

from common.unet import UNet

from .classes import CHANNEL_COUNT

# Full resolution is kept thin because it dominates the run time; depth carries the context of 32 mm pixels.
FEATURES = (8, 24, 48, 96, 128, 160)
LAST_FEATURES = 16


class OutlineNetwork(UNet):
    """Slices (N, 1, H, W), H and W multiples of 32, to class logits (N, 9, H, W)."""

    def __init__(self):
        super().__init__(FEATURES, LAST_FEATURES, CHANNEL_COUNT, context=False)
