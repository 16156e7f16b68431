# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Train the outlining network on synthetic and real slices. Seeded per step, so a resumed run goes on unchanged."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import augment, held_out, sources
from .loss import outline_loss
from .network import OutlineNetwork

SYNTHETIC_PER_BATCH = 7
REAL_PER_BATCH = 5
# How often a real crop comes from each kind; the T2 kinds look most like the task, Dixon has L2-L3 anatomy.
# Shares are relative: a network that learns from fewer kinds keeps their proportions.
REAL_SHARES = {
    "dixon": 0.24,
    "t1like": 0.08,
    "pair": 0.18,
    "hand": 0.20,
    "corrected": 0.20,
    "pseudo": 0.22,
    "vertebra": 0.08,
}

LEARNING_RATE = 3e-3
WARM_UP_STEPS = 60
# The rate stays level, then falls to zero over this last part; so --steps can be changed on resuming.
DECAY_PART = 0.35
WEIGHT_DECAY = 1e-4
GRADIENT_LIMIT = 2.0
AVERAGE_DECAY = 0.995  # of the weights, over steps
CHECKPOINT_EVERY = 50
REPORT_EVERY = 25
RECENT_STEPS = 100  # over which the reported loss is averaged


def load_training_slices(data, corrected, pseudo, left_out):
    real = [*sources.load_dixon_drafted(data), *sources.load_t1like(data), *sources.load_pairs(data)]
    real += [*sources.load_redrawn(data), *sources.load_vertebrae(data)]
    if corrected:
        real += sources.load_corrected(data)
    if pseudo:
        real += sources.load_pseudo_labelled(data, pseudo)
    by_kind = {}
    for one in real:
        if one.labels.any() and not left_out.has(one):
            by_kind.setdefault(one.kind, []).append(one)
    return by_kind


class BatchMaker:
    """Batches of crops; the batch of a step depends on the seed and the step alone."""

    def __init__(self, synthetic_files, real_by_kind, seed):
        self.synthetic = [{k: f[k] for k in f.files} for f in map(np.load, synthetic_files)]
        self.real = real_by_kind
        self.kinds = list(real_by_kind)
        weights = np.array([REAL_SHARES[kind] for kind in self.kinds])
        self.weights = weights / weights.sum()
        self.seed = seed

    def _synthetic_crop(self, rng):
        block = self.synthetic[rng.integers(len(self.synthetic))]
        k = rng.integers(len(block["image"]))
        return augment.synthetic_crop(rng, block["image"][k], block["labels"][k], block["field_of_view"][k])

    def _real_crop(self, rng):
        kind = self.real[self.kinds[rng.choice(len(self.kinds), p=self.weights)]]
        return augment.real_crop(rng, kind[rng.integers(len(kind))])

    def batch(self, step):
        rng = np.random.default_rng([self.seed, step])
        crops = [self._synthetic_crop(rng) for _ in range(SYNTHETIC_PER_BATCH)]
        crops += [self._real_crop(rng) for _ in range(REAL_PER_BATCH)]
        images, labels, flags = map(np.stack, zip(*crops))
        image = torch.from_numpy(images.astype(np.float32))[:, None]
        return image, torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(flags)


def learning_rate(step, steps):
    remaining = (steps - step) / (DECAY_PART * steps)
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP_STEPS, max(remaining, 0.0))


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
        self.network = OutlineNetwork().to(self.device, memory_format=torch.channels_last).train()
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
        image, labels, flags = (tensor.to(self.device) for tensor in batch)
        with torch.autocast(self.device, self.arithmetic, enabled=self.arithmetic != torch.float32):
            logits = self.network(image.contiguous(memory_format=torch.channels_last))
        loss = outline_loss(logits.float(), labels, flags)
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
    real = load_training_slices(options.data, options.corrected, options.pseudo, held_out.left_out(options.fold))
    maker = BatchMaker(options.synthetic, real, options.seed)
    print(json.dumps({kind: len(slices) for kind, slices in maker.real.items()}), flush=True)
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
    parser.add_argument("--synthetic", nargs="+", required=True, help="NPZ files of generator.py")
    parser.add_argument("--corrected", action="store_true", help="learn from the corrected outlines too")
    parser.add_argument("--pseudo", help="NPZ file of pseudo_labels.py")
    parser.add_argument("--fold", choices=held_out.NAMES, help="leave out the slices of that fold")
    parser.add_argument("--initial", help="checkpoint whose averaged weights to start from")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
