"""Train the outlining network on synthetic and real slices. Seeded per step, so a resumed run goes on unchanged."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import augment, sources
from .loss import outline_loss
from .network import OutlineNetwork

SYNTHETIC_PER_BATCH = 7
REAL_PER_BATCH = 5
# How often a real crop comes from each kind; the T2 kinds look most like the task, Dixon has L2-L3 anatomy.
REAL_SHARES = {"dixon": 0.36, "t1like": 0.10, "pair": 0.20, "hand": 0.34, "pseudo": 0.0}
REAL_SHARES_WITH_PSEUDO = {"dixon": 0.26, "t1like": 0.08, "pair": 0.18, "hand": 0.22, "pseudo": 0.26}

LEARNING_RATE = 3e-3
WARM_UP_STEPS = 60
# The rate stays level, then falls to zero over this last part; so --steps can be changed on resuming.
DECAY_PART = 0.35
WEIGHT_DECAY = 1e-4
GRADIENT_LIMIT = 2.0
AVERAGE_DECAY = 0.995  # of the weights, over steps
CHECKPOINT_EVERY = 100
REPORT_EVERY = 25


def load_training_slices(data, pseudo):
    real = [*sources.load_dixon(data), *sources.load_t1like(data), *sources.load_pairs(data, take_held_out=False)]
    real += sources.load_hand_outlined(data)
    if pseudo:
        real += sources.load_pseudo_labelled(data, pseudo)
    by_kind = {}
    for one in real:
        if (np.isin(one.labels, sources.PARASPINAL)).any():
            by_kind.setdefault(one.kind, []).append(one)
    return by_kind


class BatchMaker:
    """Batches of crops; the batch of a step depends on the seed and the step alone."""

    def __init__(self, synthetic_files, real_by_kind, seed):
        self.synthetic = [{k: f[k] for k in f.files} for f in map(np.load, synthetic_files)]
        self.real = real_by_kind
        shares = REAL_SHARES_WITH_PSEUDO if "pseudo" in real_by_kind else REAL_SHARES
        self.kinds = list(real_by_kind)
        weights = np.array([shares[kind] for kind in self.kinds])
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


def save(path, state):
    temporary = path.with_suffix(".part")
    torch.save(state, temporary)
    temporary.replace(path)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = OutlineNetwork().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    checkpoint = Path(options.checkpoint)
    if options.initial:
        network.load_state_dict(torch.load(options.initial, map_location=device)["average"])
    step, seconds = 0, 0.0
    average = {name: value.clone() for name, value in network.state_dict().items()}
    if options.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, seconds = state["average"], state["step"], state["seconds"]
    maker = BatchMaker(options.synthetic, load_training_slices(options.data, options.pseudo), options.seed)
    print(json.dumps({kind: len(slices) for kind, slices in maker.real.items()}), flush=True)

    network.train()
    start, recent = time.monotonic() - seconds, []
    while step < options.steps:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, options.steps)
        image, labels, flags = (tensor.to(device) for tensor in maker.batch(step))
        loss = outline_loss(network(image.contiguous(memory_format=torch.channels_last)), labels, flags)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), GRADIENT_LIMIT)
        optimizer.step()
        average_into(average, network)
        step += 1
        recent = [*recent[-99:], loss.item()]
        seconds = time.monotonic() - start
        if step % REPORT_EVERY == 0:
            print(f"step {step} loss {np.mean(recent):.3f} {seconds:.0f} s", flush=True)
        if step % CHECKPOINT_EVERY == 0 or step == options.steps:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            save(checkpoint, {**state, "average": average, "step": step, "seconds": seconds})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--synthetic", nargs="+", required=True, help="NPZ files of generator.py")
    parser.add_argument("--pseudo", help="NPZ file of pseudo_labels.py")
    parser.add_argument("--initial", help="checkpoint whose averaged weights to start from")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
