# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Train the level network. Seeded per step, so a resumed run goes on unchanged."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import augment, sources
from .held_out import left_out
from .loss import level_loss
from .network import LevelNetwork

CROPS_PER_BATCH = 8
# How often a crop comes from each kind of image; sagittal T2 is the task.
SHARES = {"t2": 0.44, "water": 0.10, "png": 0.24, "unlabelled_t2": 0.16, "unlabelled_t1": 0.06}

LEARNING_RATE = 4e-3
WARM_UP_STEPS = 40
WEIGHT_DECAY = 1e-3
GRADIENT_LIMIT = 3.0
AVERAGE_DECAY = 0.99  # of the weights, over steps
CHECKPOINT_EVERY = 50
REPORT_EVERY = 25
RECENT_STEPS = 100  # over which the reported loss is averaged


def load_volumes(data, fold):
    """Volumes by kind, without those that the fold leaves out."""
    by_kind = {}
    excluded = left_out(fold)
    for load in (sources.load_t2, sources.load_water, sources.load_png, sources.load_unlabelled):
        for volume in load(data):
            if volume.name not in excluded:
                by_kind.setdefault(volume.kind, []).append(volume)
    return by_kind


class BatchMaker:
    """Batches of crops; the batch of a step depends on the seed and the step alone."""

    def __init__(self, volumes, seed):
        self.volumes, self.seed = volumes, seed
        self.kinds = list(volumes)
        weights = np.array([SHARES[kind] for kind in self.kinds])
        self.weights = weights / weights.sum()

    def batch(self, step):
        rng = np.random.default_rng([self.seed, step])
        crops = []
        for kind in rng.choice(self.kinds, CROPS_PER_BATCH, p=self.weights):
            volumes = self.volumes[kind]
            crops.append(augment.random_crop(rng, volumes[rng.integers(len(volumes))]))
        images, labels, named = map(np.stack, zip(*crops))
        return torch.from_numpy(images)[:, None], torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(named)


def learning_rate(step, steps):
    """Warm up, then half a cosine to nearly zero."""
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP_STEPS) * (0.5 + 0.5 * np.cos(np.pi * step / steps) + 0.003)


def average_into(average, network):
    """Exponential moving average of weights; batch statistics are averaged too."""
    for name, value in network.state_dict().items():
        if value.dtype.is_floating_point:
            average[name].lerp_(value, 1 - AVERAGE_DECAY)
        else:
            average[name].copy_(value)


def fast_arithmetic(device):
    """bfloat16 where the machine computes it natively (half the time, measured), else float32."""
    cpu = Path("/proc/cpuinfo")
    native = device == "cuda" or (cpu.exists() and "avx512_bf16" in cpu.read_text())
    return torch.bfloat16 if native else torch.float32


class Trainer:
    """Network, optimizer, averaged weights and progress; saved to and restored from a checkpoint."""

    def __init__(self, options):
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.arithmetic = fast_arithmetic(self.device)
        self.network = LevelNetwork().to(self.device, memory_format=torch.channels_last).train()
        self.checkpoint = Path(options.checkpoint)
        self.step, self.seconds = 0, 0.0
        if options.initial:
            self.network.load_state_dict(torch.load(options.initial, map_location=self.device)["average"])
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        if options.resume and self.checkpoint.exists():
            self._restore()

    def _restore(self):
        state = torch.load(self.checkpoint, map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average, self.step, self.seconds = state["average"], state["step"], state["seconds"]

    def save(self):
        state = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()}
        state |= {"average": self.average, "step": self.step, "seconds": self.seconds}
        temporary = self.checkpoint.with_suffix(".part")
        torch.save(state, temporary)
        temporary.replace(self.checkpoint)

    def one_step(self, batch, rate):
        """Update the weights on one batch; returns its loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        image, labels, named = (tensor.to(self.device) for tensor in batch)
        with torch.autocast(self.device, self.arithmetic, enabled=self.arithmetic != torch.float32):
            logits = self.network(image.contiguous(memory_format=torch.channels_last))
        loss = level_loss(logits.float(), labels, named)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), GRADIENT_LIMIT)
        self.optimizer.step()
        average_into(self.average, self.network)
        self.step += 1
        return loss.item()


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    trainer = Trainer(options)
    maker = BatchMaker(load_volumes(options.data, options.fold), options.seed)
    print(json.dumps({kind: len(volumes) for kind, volumes in maker.volumes.items()}), flush=True)
    start, recent = time.monotonic() - trainer.seconds, []
    while trainer.step < options.steps:
        loss = trainer.one_step(maker.batch(trainer.step), learning_rate(trainer.step, options.steps))
        recent = [*recent[1 - RECENT_STEPS :], loss]
        trainer.seconds = time.monotonic() - start
        if trainer.step % REPORT_EVERY == 0:
            print(f"step {trainer.step} loss {np.mean(recent):.3f} {trainer.seconds:.0f} s", flush=True)
        if trainer.step % CHECKPOINT_EVERY == 0 or trainer.step == options.steps:
            trainer.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--fold", type=int, help="leave out the subjects and the patient of this fold (0-4)")
    parser.add_argument("--initial", help="checkpoint whose averaged weights to start from")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
