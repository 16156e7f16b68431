# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Training that goes on unchanged after an interruption, where the batch of a step depends on its number alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

CHECKPOINT_EVERY = 50
REPORT_EVERY = 25
RECENT_STEPS = 100  # over which the reported loss is averaged


@dataclass(frozen=True)
class Recipe:
    loss: Callable  # of logits and what a batch holds besides the image
    learning_rate: Callable  # of the step and the number of steps
    weight_decay: float
    gradient_limit: float
    average_decay: float  # of the weights, over steps


def add_options(parser):
    parser.add_argument("--data", required=True)
    parser.add_argument("--initial", help="checkpoint whose averaged weights to start from")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true")


def _fast_arithmetic(device):
    """bfloat16 where the machine computes it natively (half the time, measured), else float32."""
    cpu = Path("/proc/cpuinfo")
    native = device == "cuda" or (cpu.exists() and "avx512_bf16" in cpu.read_text())
    return torch.bfloat16 if native else torch.float32


class Trainer:
    """Network, optimizer, averaged weights and progress; saved to and restored from a checkpoint."""

    def __init__(self, make_network, recipe, options):
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.arithmetic = _fast_arithmetic(self.device)
        self.network = make_network().to(self.device, memory_format=torch.channels_last).train()
        self.recipe, self.checkpoint = recipe, Path(options.checkpoint)
        self.step, self.steps, self.seconds = 0, options.steps, 0.0
        if options.initial:
            self.network.load_state_dict(torch.load(options.initial, map_location=self.device)["average"])
        self.optimizer = torch.optim.AdamW(self.network.parameters(), weight_decay=recipe.weight_decay)
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        if options.resume and self.checkpoint.exists():
            self._restore()

    def _restore(self):
        state = torch.load(self.checkpoint, map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average, self.step, self.seconds = state["average"], state["step"], state["seconds"]

    def _save(self):
        state = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()}
        state |= {"average": self.average, "step": self.step, "seconds": self.seconds}
        temporary = self.checkpoint.with_suffix(".part")
        torch.save(state, temporary)
        temporary.replace(self.checkpoint)

    def _average_weights(self):
        """Exponential moving average; batch statistics are averaged too."""
        for name, value in self.network.state_dict().items():
            if value.dtype.is_floating_point:
                self.average[name].lerp_(value, 1 - self.recipe.average_decay)
            else:
                self.average[name].copy_(value)

    def _one_step(self, batch):
        """Update the weights on one batch; returns its loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.learning_rate(self.step, self.steps)
        image, *truth = (tensor.to(self.device) for tensor in batch)
        with torch.autocast(self.device, self.arithmetic, enabled=self.arithmetic != torch.float32):
            logits = self.network(image.contiguous(memory_format=torch.channels_last))
        loss = self.recipe.loss(logits.float(), *truth)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.gradient_limit)
        self.optimizer.step()
        self._average_weights()
        self.step += 1
        return loss.item()

    def run(self, batch_of):
        """Train up to the last step on batches that batch_of gives by step; report and save on the way."""
        start, recent = time.monotonic() - self.seconds, []
        while self.step < self.steps:
            recent = [*recent[1 - RECENT_STEPS :], self._one_step(batch_of(self.step))]
            self.seconds = time.monotonic() - start
            if self.step % REPORT_EVERY == 0:
                print(f"step {self.step} loss {np.mean(recent):.3f} {self.seconds:.0f} s", flush=True)
            if self.step % CHECKPOINT_EVERY == 0 or self.step == self.steps:
                self._save()
