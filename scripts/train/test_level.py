# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Checks of the level network's pipeline that need no data. Run: /usr/bin/python3 -m unittest test_level (here)."""

import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np
import torch

from common.restart import load_shipped
from common.unet import Probabilities
from level import perturb
from level.augment import CROP, random_crop
from level.classes import BODIES, CHANNEL_COUNT, CHANNEL_NAMES, DISC, IGNORED, L3, L5, S1, THORACIC
from level.held_out import FOLD_SUBJECTS, TEST_PATIENTS, fold_of, left_out
from level.loss import level_loss
from level.network import LevelNetwork
from level.painting import finish_labels
from level.preprocessing import GRID_COLUMNS, GRID_ROWS, network_input, resample_to_grid
from level.sources import OUTLINES, Volume
from level.study import Study, _lower_edge
from level.transitional import transitional

PITCH = 36


def numbered_spine():
    """Six upright bodies 26 mm high, 36 mm apart: 1 lowest; and a sacrum below them."""
    numbers = np.zeros((340, 200), np.uint8)
    for number in range(1, 7):
        cv2.rectangle(numbers, (80, 255 - PITCH * number), (113, 280 - PITCH * number), number, -1)
    s1 = np.array([[82, 256], [112, 252], [124, 278], [96, 284]], float)
    s2 = np.array([[98, 286], [125, 280], [136, 310], [124, 314]], float)
    return numbers, {S1: s1, S1 + 1: s2}


def volume():
    numbers, sacrum = numbered_spine()
    labels = finish_labels(numbers, sacrum, near_middle=True)
    image = 0.2 + 0.3 * (numbers > 0).astype(np.float32)
    bodies = [(267.5 - PITCH * n, 96.5, 26.0) for n in range(1, 7)]
    return Volume("t2", "phantom", image[None], labels[None], bodies)


def study():
    numbers, sacrum = numbered_spine()
    bodies = {f"L{6 - n}": numbers == n for n in range(1, 6)}
    endplate = np.insert(_lower_edge(bodies["L3"]), 0, 0, axis=1)
    return Study(
        "phantom", "phantom", (numbers > 0)[None].astype(np.float32), 1.0, endplate, bodies, sacrum[S1][:, ::-1], PITCH
    )


class Preprocessing(unittest.TestCase):
    def test_the_grid_is_centered_whatever_the_spacing(self):
        rows, columns = np.mgrid[0:301, 0:401]
        blob = np.exp(-(((rows - 150) * 0.6) ** 2 + ((columns - 200) * 0.9) ** 2) / 50.0)
        grid, _ = resample_to_grid(blob, 0.6, 0.9)
        center = (np.indices(grid.shape) * grid).sum((1, 2)) / grid.sum()
        np.testing.assert_allclose(center, ((GRID_ROWS - 1) / 2, (GRID_COLUMNS - 1) / 2), atol=0.02)

    def test_brightness_scale_does_not_matter(self):
        image = np.random.default_rng(1).uniform(0, 900, (320, 320))
        difference = network_input(image, 0.9, 0.9) - network_input(image * 13, 0.9, 0.9)
        self.assertLess(np.abs(difference).max(), 1e-5)


class Painting(unittest.TestCase):
    def test_bodies_are_named_from_the_sacrum_up_with_discs_between(self):
        labels = finish_labels(*numbered_spine(), near_middle=True)
        column = labels[:, 97]
        names = [
            CHANNEL_NAMES[c] for c in column[np.r_[True, np.diff(column.astype(int)) != 0]] if c not in (0, IGNORED)
        ]
        expected = ["thoracic", "disc", "l1", "disc", "l2", "disc", "l3", "disc", "l4", "disc", "l5", "disc", "s1"]
        self.assertEqual(names[: len(expected)], expected)

    def test_what_nobody_labeled_is_ignored_not_background(self):
        labels = finish_labels(*numbered_spine(), near_middle=True)
        self.assertEqual(labels[10, 97], IGNORED)  # above the topmost body
        without = finish_labels(numbered_spine()[0], None, near_middle=True)
        self.assertFalse((without == S1).any())
        self.assertEqual(without[270, 100], IGNORED)


class Loss(unittest.TestCase):
    def setUp(self):
        self.labels = torch.full((1, 32, 32), L3)
        self.logits = torch.zeros(1, CHANNEL_COUNT, 32, 32)
        self.logits[:, L5] = 20  # certain of a wrong name

    def test_without_the_sacrum_any_name_is_right(self):
        self.assertGreater(level_loss(self.logits, self.labels, torch.tensor([True])).item(), 5)
        self.assertLess(level_loss(self.logits, self.labels, torch.tensor([False])).item(), 0.01)

    def test_the_sacrum_is_never_a_right_name_for_a_body(self):
        self.logits[:, S1] = 40
        self.assertGreater(level_loss(self.logits, self.labels, torch.tensor([False])).item(), 5)

    def test_ignored_pixels_do_not_count(self):
        self.labels[:, :16] = IGNORED
        self.logits[:, L5, 16:] = 0
        self.logits[:, L3, 16:] = 20
        self.assertLess(level_loss(self.logits, self.labels, torch.tensor([True])).item(), 0.3)


class Crops(unittest.TestCase):
    def test_the_same_seed_gives_the_same_crop(self):
        first, second = (random_crop(np.random.default_rng(3), volume()) for _ in range(2))
        for a, b in zip(first, second):
            np.testing.assert_array_equal(a, b)

    def test_bodies_are_named_only_where_the_sacrum_is_seen(self):
        seen = {True: [], False: []}
        for seed in range(60):
            image, labels, named = random_crop(np.random.default_rng(seed), volume())
            self.assertEqual(image.shape, CROP)
            self.assertTrue(np.isfinite(image).all())
            self.assertLessEqual(set(np.unique(labels)), {*range(THORACIC + 1), DISC, IGNORED})
            seen[named].append((labels == S1).sum())
        self.assertGreater(min(seen[True]), 0)
        self.assertLess(np.mean(seen[False]), np.mean(seen[True]) / 3)


class Transitional(unittest.TestCase):
    def test_a_disc_lies_between_s1_and_the_sacrum_and_the_names_above_stay(self):
        labels = volume().labels[0]
        image = volume().images[0]
        for seed in range(8):
            changed, moved = transitional(np.random.default_rng(seed), image, labels)
            self.assertEqual(changed.shape, image.shape)
            for channel in (L5, L3):
                before, after = (np.argwhere(each == channel).mean(0) for each in (labels, moved))
                self.assertLess(np.abs(after - before).max(), 6, (seed, channel))
            self.assertLess(np.argwhere(moved == S1).mean(0)[0], np.argwhere(moved == S1 + 1).mean(0)[0])
            self.assertGreater((moved == S1).sum(), 0.6 * (labels == S1).sum())

    def test_without_a_sacrum_there_is_nothing_to_change(self):
        labels = finish_labels(numbered_spine()[0], None, near_middle=True)
        self.assertIsNone(transitional(np.random.default_rng(1), volume().images[0], labels))


class Restart(unittest.TestCase):
    def test_a_shipped_network_goes_on_with_the_same_outputs(self):
        torch.manual_seed(3)
        images = torch.rand(4, 1, 64, 64)
        network = LevelNetwork()
        network(images)  # Gives the normalizations statistics of their own.
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "level.onnx"
            torch.onnx.export(Probabilities(network.eval()).eval(), images[:1], str(file), opset_version=11)
            again = load_shipped(LevelNetwork(), file, images)
        with torch.no_grad():
            self.assertLess((again(images) - network(images)).abs().max().item(), 1e-4)
            in_training = again.train()(images)
            self.assertLess((in_training - network(images)).abs().mean().item(), 0.01)


class HeldOut(unittest.TestCase):
    def test_every_subject_is_left_out_once_and_test_patients_always(self):
        subjects = [name for fold in FOLD_SUBJECTS for name in fold]
        self.assertEqual(sorted(subjects), sorted(OUTLINES["sagittal_t2_vertebrae"]["subjects"]))
        for name in subjects:
            self.assertIn(name, left_out(fold_of(name)))
            self.assertNotIn(name, left_out(None))
        for patient in OUTLINES["axial_unlabelled"]["patients"]:
            self.assertIn(patient, left_out(fold_of(patient)))
        self.assertLessEqual(TEST_PATIENTS, left_out(3))


class Perturbations(unittest.TestCase):
    def test_the_known_endplate_moves_with_the_image(self):
        for name in ("rotate", "scale", "crop", "squeeze", "flip_front_to_back"):
            changed = perturb.VARIANTS[name](np.random.default_rng(5), study())
            body = changed.bodies["L3"].astype(np.uint8)
            to_border = cv2.distanceTransform(body, cv2.DIST_L2, 5) + cv2.distanceTransform(1 - body, cv2.DIST_L2, 5)
            for row, column in np.round(changed.endplate[:, 1:]).astype(int):
                self.assertLessEqual(to_border[row, column], 2.5, name)

    def test_a_cut_image_has_no_sacrum(self):
        for seed in range(5):
            cut = perturb.sacrum_cut(np.random.default_rng(seed), study())
            self.assertLess(cut.slices.shape[1], cut.sacrum[:, 0].min() + 3)


class Network(unittest.TestCase):
    def test_it_keeps_the_size_of_the_image_and_knows_every_body(self):
        with torch.no_grad():
            logits = LevelNetwork().eval()(torch.zeros(1, 1, 64, 96))
        self.assertEqual(tuple(logits.shape), (1, CHANNEL_COUNT, 64, 96))
        self.assertEqual([CHANNEL_NAMES[body] for body in BODIES], ["l5", "l4", "l3", "l2", "l1", "thoracic"])


if __name__ == "__main__":
    unittest.main()
