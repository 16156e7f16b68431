# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A small U-Net in operations that OpenCV 4.6 runs fast."""

import torch
from torch import nn
from torch.nn import functional


def convolution(inputs, outputs, stride=1):
    """3x3 convolution, batch normalization, leaky rectifier."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(0.1)
    )


class UNet(nn.Module):
    """Slices (N, 1, H, W) to class logits (N, classes, H, W); every feature count after the first halves H and W."""

    def __init__(self, features, last_features, classes, context):
        super().__init__()
        self.stem = convolution(1, features[0])
        self.down = nn.ModuleList(
            nn.Sequential(convolution(inputs, outputs, stride=2), convolution(outputs, outputs))
            for inputs, outputs in zip(features[:-1], features[1:])
        )
        # One more convolution of the deepest pixels, or none.
        self.context = convolution(features[-1], features[-1]) if context else nn.Identity()
        self.up = nn.ModuleList(
            nn.Sequential(convolution(deep + skip, skip), convolution(skip, skip))
            for deep, skip in zip(features[:1:-1], features[-2:0:-1])
        )
        self.last = convolution(features[1] + features[0], last_features)
        self.classify = nn.Conv2d(last_features, classes, 1)

    def forward(self, image):
        skips = [self.stem(image)]
        for stage in self.down:
            skips.append(stage(skips[-1]))
        features = self.context(skips.pop())
        for stage in [*self.up, self.last]:
            features = functional.interpolate(features, scale_factor=2, mode="nearest")
            features = stage(torch.cat([features, skips.pop()], dim=1))
        return self.classify(features)


class Probabilities(nn.Module):
    """A network as it ships: softmax probabilities instead of logits."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return torch.softmax(self.network(image), dim=1)


def load_average(network, checkpoint):
    """The network with the averaged weights of a checkpoint, ready to judge."""
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network.eval()
