# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The level network: a small U-Net in operations that OpenCV 4.6 runs fast."""

import torch
from torch import nn
from torch.nn import functional

from .classes import CHANNEL_COUNT

# Five halvings give the deepest pixels 48 mm, and each of them a view of the whole lumbar spine.
FEATURES = (8, 20, 32, 56, 80, 112)
LAST_FEATURES = 12


def convolution(inputs, outputs, stride=1):
    """3x3 convolution, batch normalisation, leaky rectifier."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(0.1)
    )


class LevelNetwork(nn.Module):
    """Slices (N, 1, H, W), H and W multiples of 32, to class logits (N, 10, H, W)."""

    def __init__(self):
        super().__init__()
        self.stem = convolution(1, FEATURES[0])
        self.down = nn.ModuleList(
            nn.Sequential(convolution(inputs, outputs, stride=2), convolution(outputs, outputs))
            for inputs, outputs in zip(FEATURES[:-1], FEATURES[1:])
        )
        self.context = convolution(FEATURES[-1], FEATURES[-1])
        self.up = nn.ModuleList(
            nn.Sequential(convolution(deep + skip, skip), convolution(skip, skip))
            for deep, skip in zip(FEATURES[:1:-1], FEATURES[-2:0:-1])
        )
        self.last = convolution(FEATURES[1] + FEATURES[0], LAST_FEATURES)
        self.classify = nn.Conv2d(LAST_FEATURES, CHANNEL_COUNT, 1)

    def forward(self, image):
        skips = [self.stem(image)]
        for stage in self.down:
            skips.append(stage(skips[-1]))
        features = self.context(skips.pop())
        for stage in [*self.up, self.last]:
            features = functional.interpolate(features, scale_factor=2, mode="nearest")
            features = stage(torch.cat([features, skips.pop()], dim=1))
        return self.classify(features)


class LevelProbabilities(nn.Module):
    """The network as it ships: softmax probabilities instead of logits."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return torch.softmax(self.network(image), dim=1)
