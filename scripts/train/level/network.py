# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The level network."""

from common.unet import UNet

from .classes import CHANNEL_COUNT

# Five halvings give the deepest pixels 48 mm, and each of them a view of the whole lumbar spine.
FEATURES = (8, 20, 32, 56, 80, 112)
LAST_FEATURES = 12


class LevelNetwork(UNet):
    """Slices (N, 1, H, W), H and W multiples of 32, to class logits (N, 10, H, W)."""

    def __init__(self):
        super().__init__(FEATURES, LAST_FEATURES, CHANNEL_COUNT, context=True)
