# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Checks of the training pipeline that need no data. Run: /usr/bin/python3 -m unittest test_outline (in this folder)."""

import json
import unittest

import cv2
import numpy as np
import torch

from common.bodies import numbers_from_below
from outline import held_out
from outline.augment import CROP, MIRROR, _narrowed, synthetic_crop
from outline.classes import CHANNEL_COUNT, CHANNEL_NAMES, ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, MIRRORED_CHANNEL
from outline.confidence import confidence_of
from outline.generator import LEVEL_SOURCES, generate
from outline.inference import tidy_labels, two_passes
from outline.loss import IGNORED, outline_loss
from outline.mask_offset import best_shift
from outline.network import OutlineNetwork
from outline.preprocessing import GRID_SIZE, OFFSET, network_input, resample_labels_to_grid, resample_to_grid
from outline.scene import CANVAS, NoiseBank
from outline.shapes import muscle_shape
from outline.sources import CORRECTED_OUTLINES, DIXON_OUTLINES, HAND_OUTLINES, REDRAWN_OUTLINES


def ellipse_muscles():
    """A label map with four elliptic muscles, 150 pixels wide."""
    labels = np.zeros((256, 256), np.uint8)
    for channel, column, half_width in (
        (ES_RIGHT, 80, 30),
        (ES_LEFT, 170, 30),
        (MF_RIGHT, 112, 12),
        (MF_LEFT, 138, 12),
    ):
        cv2.ellipse(labels, (column, 170), (half_width, 22), 0, 0, 360, channel, -1)
    return labels


class Preprocessing(unittest.TestCase):
    def test_a_constant_slice_becomes_constant_inside_and_padding_outside(self):
        tensor = network_input(np.full((200, 100), 7.0), 1.0, 1.0)[0, 0]
        self.assertEqual(tensor.shape, (GRID_SIZE, GRID_SIZE))
        self.assertAlmostEqual(float(tensor[160, 160]), 1 - OFFSET, places=5)
        self.assertAlmostEqual(float(tensor[0, 160]), -OFFSET, places=5)

    def test_brightness_scale_does_not_matter(self):
        image = np.random.default_rng(1).uniform(0, 900, (320, 320))
        difference = network_input(image, 0.7, 0.7) - network_input(image * 13, 0.7, 0.7)
        self.assertLess(np.abs(difference).max(), 1e-5)

    def test_the_center_stays_in_the_center_whatever_the_spacing(self):
        rows, columns = np.mgrid[0:301, 0:401]
        blob = np.exp(-(((rows - 150) * 0.6) ** 2 + ((columns - 200) * 0.9) ** 2) / 50.0)
        grid, _ = resample_to_grid(blob, 0.6, 0.9)
        center = (np.indices(grid.shape) * grid).sum((1, 2)) / grid.sum()
        np.testing.assert_allclose(center, (GRID_SIZE - 1) / 2, atol=0.02)

    def test_labels_keep_their_area_in_mm2(self):
        labels = ellipse_muscles()
        grid = resample_labels_to_grid(labels, 0.8, 0.8, CHANNEL_COUNT)
        for channel in (ES_RIGHT, MF_LEFT):
            self.assertAlmostEqual((grid == channel).sum() / ((labels == channel).sum() * 0.64), 1, delta=0.04)


class Loss(unittest.TestCase):
    def test_a_class_that_a_source_does_not_label_counts_as_background(self):
        logits = torch.zeros(1, CHANNEL_COUNT, 32, 32)
        logits[:, 8] = 20  # certain of quadratus lumborum everywhere
        labels = torch.zeros(1, 32, 32, dtype=torch.long)
        flags = torch.ones(1, CHANNEL_COUNT, dtype=torch.bool)
        self.assertGreater(outline_loss(logits, labels, flags).item(), 5)
        flags[:, 8] = False
        self.assertLess(outline_loss(logits, labels, flags).item(), 0.01)


class Mirroring(unittest.TestCase):
    def test_it_swaps_right_and_left_and_undoes_itself(self):
        for channel, mirrored in enumerate(MIRRORED_CHANNEL):
            self.assertEqual(MIRRORED_CHANNEL[mirrored], channel)
            swapped = CHANNEL_NAMES[channel].replace("right", "?").replace("left", "right").replace("?", "left")
            self.assertEqual(CHANNEL_NAMES[MIRROR[channel]], swapped)


class OutlinesByEye(unittest.TestCase):
    def test_they_are_of_training_slices_and_lie_in_the_image(self):
        files = (HAND_OUTLINES, REDRAWN_OUTLINES, CORRECTED_OUTLINES)
        hand, redrawn, corrected = (json.loads(file.read_text())["slices"] for file in files)
        self.assertEqual(set(hand), set(redrawn))
        self.assertFalse(set(hand) & set(corrected))
        for name, polygons in [*hand.items(), *redrawn.items(), *corrected.items()]:
            self.assertNotIn(name, held_out.SHIPPED.images)
            self.assertLessEqual(set(polygons), set(CHANNEL_NAMES[1:8]))
            for points in polygons.values():
                self.assertGreaterEqual(np.min(points), 0)
                self.assertLess(np.max(points), 320)

    def test_those_of_dixon_are_of_body_and_psoas_only(self):
        slices = json.loads(DIXON_OUTLINES.read_text())["slices"]
        self.assertEqual(len(slices), 58)
        for polygons in slices.values():
            self.assertLessEqual(set(polygons), set(CHANNEL_NAMES[5:8]))
            self.assertIn("vertebral_body", polygons)
            for points in polygons.values():
                self.assertTrue(100 < np.min(points) and np.max(points) < 300)


class Vertebrae(unittest.TestCase):
    def test_they_are_counted_from_below_whatever_their_numbers(self):
        labels = np.zeros((70, 4, 4), np.uint8)
        from_above = [7, 2, 6, 5, 1, 4, 3]
        for place, number in enumerate(from_above):
            labels[10 * place : 10 * place + 8] = number
        self.assertEqual(numbers_from_below(labels), from_above[::-1])


class Tidying(unittest.TestCase):
    def test_the_psoas_beside_the_body_stays_where_bowel_is_larger(self):
        labels = np.zeros((96, 128), np.uint8)
        labels[40:60, 54:74] = 5
        labels[42:58, 76:84] = 7  # psoas
        labels[20:50, 100:120] = 7  # bowel, 4.7 times as large
        one_hot = np.eye(CHANNEL_COUNT)[labels].transpose(2, 0, 1)
        self.assertEqual((tidy_labels(one_hot) == 7).sum(), 128)
        self.assertEqual((tidy_labels(one_hot, {}) == 7).sum(), 600)


class MaskOffset(unittest.TestCase):
    def test_a_moved_mask_is_found_where_it_was(self):
        truth = ellipse_muscles() > 0
        as_is, shift, moved = best_shift(np.roll(truth, (-2, 3), (0, 1)), truth)
        self.assertLess(as_is, 0.98)
        self.assertEqual((shift, moved), ((2, -3), 1.0))
        self.assertEqual(best_shift(truth, truth)[1], (0, 0))


class HeldOut(unittest.TestCase):
    def test_another_hospital_leaves_out_every_image_of_the_only_one(self):
        left_out = held_out.left_out(held_out.HOSPITAL)
        for images in held_out.PATIENTS.values():
            self.assertLessEqual(images, left_out.images)
        for fold in held_out.FOLDS:
            self.assertLessEqual(held_out.left_out(fold).images, left_out.images)


class Augmentation(unittest.TestCase):
    def test_a_narrow_strip_keeps_the_body_and_has_no_opinion_outside(self):
        labels = np.zeros((96, 192), np.uint8)
        labels[30:60, 80:120] = 5
        narrowed = [_narrowed(np.random.default_rng(seed), np.ones(labels.shape, bool), labels) for seed in range(100)]
        strips = [(inside, seen) for inside, seen in narrowed if not inside.all()]
        self.assertTrue(1 <= len(strips) <= 15)
        for inside, seen in strips:
            self.assertTrue((seen[~inside] == IGNORED).all())
            self.assertEqual((seen == 5).sum(), (labels == 5).sum())
            self.assertGreater(inside.any(0).sum(), 69)


class Confidence(unittest.TestCase):
    def test_a_network_that_ignores_sides_agrees_with_its_mirror_image(self):
        def body_where_bright(image):
            logits = torch.zeros(1, CHANNEL_COUNT, *image.shape[2:])
            logits[0, 5] = torch.where(image[0, 0] > 0.3, 4.0, -4.0)
            return logits

        grid = np.zeros((64, 64), np.float32)
        grid[20:40, 10:30] = 1.0
        labels, measures = confidence_of(*two_passes(body_where_bright, grid, np.ones(grid.shape, bool)))
        self.assertEqual((labels == 5).sum(), 400)
        probability, passes, areas = measures.pop(5)
        self.assertAlmostEqual(probability, np.exp(4) / (np.exp(4) + 8), places=4)
        self.assertEqual((passes, areas), (1.0, 1.0))
        self.assertFalse(measures)


class Shapes(unittest.TestCase):
    def test_multifidus_gets_the_share_it_is_narrowed_for(self):
        shape = muscle_shape(ellipse_muscles())
        self.assertAlmostEqual(shape.narrowing_for(shape.multifidus_share), 1.0, places=6)
        self.assertLess(shape.narrowing_for(0.15), 0.7)
        self.assertGreater(shape.narrowing_for(0.5), 1.3)


class Generator(unittest.TestCase):
    def slice_of_seed(self, seed):
        rng = np.random.default_rng(seed)
        shapes = {source: [muscle_shape(ellipse_muscles())] for source in ("l45", *LEVEL_SOURCES)}
        return generate(rng, NoiseBank(rng), shapes)

    def test_the_same_seed_gives_the_same_slice(self):
        for first, second in zip(self.slice_of_seed(3), self.slice_of_seed(3)):
            np.testing.assert_array_equal(first, second)

    def test_the_right_muscles_lie_on_the_left_of_the_image(self):
        image, labels, field_of_view = self.slice_of_seed(4)
        self.assertEqual(image.shape, (CANVAS, CANVAS))
        columns = [np.nonzero(labels == channel)[1].mean() for channel in (ES_RIGHT, MF_RIGHT, MF_LEFT, ES_LEFT)]
        self.assertEqual(columns, sorted(columns))
        crop, crop_labels, flags = synthetic_crop(np.random.default_rng(5), image, labels, field_of_view)
        self.assertEqual(crop.shape, CROP)
        self.assertEqual(crop_labels.shape, CROP)
        self.assertTrue(flags.all())


class Network(unittest.TestCase):
    def test_it_keeps_the_size_of_the_image(self):
        with torch.no_grad():
            logits = OutlineNetwork().eval()(torch.zeros(1, 1, 64, 96))
        self.assertEqual(tuple(logits.shape), (1, CHANNEL_COUNT, 64, 96))


if __name__ == "__main__":
    unittest.main()
