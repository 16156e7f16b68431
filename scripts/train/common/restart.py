# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Going on from a network that was shipped, whose file holds convolutions and normalizations as one."""

import onnx
import torch
from onnx import numpy_helper
from torch import nn


def _convolutions(path):
    """Weights and biases in the order of computation."""
    graph = onnx.load(str(path)).graph
    values = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    return [[values[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]


def load_shipped(network, path, images):
    """Gives a network the weights of an ONNX file, exactly.

    The normalizations, folded into the convolutions there, get the statistics of `images`, so that training goes on
    as it would have.
    """
    convolutions = iter(_convolutions(path))

    def take_weights(layer, _):
        weight, bias = next(convolutions)
        layer.weight.data.copy_(weight)
        if layer.bias is not None:
            layer.bias.data.copy_(bias)
        layer.shipped_bias = bias

    def take_statistics(layer, inputs):
        variance, mean = torch.var_mean(inputs[0], dim=(0, 2, 3), unbiased=False)
        layer.running_mean.copy_(mean)
        layer.running_var.copy_(variance)
        layer.weight.data.copy_((variance + layer.eps).sqrt())
        layer.bias.data.copy_(mean + take_statistics.bias)

    def remember_bias(layer, *_):
        take_statistics.bias = layer.shipped_bias

    hooks = []
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            hooks += [layer.register_forward_pre_hook(take_weights), layer.register_forward_hook(remember_bias)]
        elif isinstance(layer, nn.BatchNorm2d):
            hooks.append(layer.register_forward_pre_hook(take_statistics))
    network.eval()
    with torch.no_grad():
        network(images)
    for hook in hooks:
        hook.remove()
    if next(convolutions, None) is not None:
        raise ValueError(f"{path} holds another network")
    return network
