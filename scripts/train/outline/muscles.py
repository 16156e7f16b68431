# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The labeled muscles: multifidus and erector spinae from warped expert shapes, psoas and quadratus lumborum drawn."""

import numpy as np
from scipy import ndimage

from .classes import ES_LEFT, ES_RIGHT, MF_LEFT, MF_RIGHT, PSOAS_LEFT, PSOAS_RIGHT, QUADRATUS_LUMBORUM
from .scene import CANVAS, soft_step

# Frame units: psoas grows from L2 to L5, quadratus lumborum is largest at L3/4 and gone below the iliac crest.
PSOAS_HALF_WIDTH = {2: (0.03, 0.08), 3: (0.05, 0.12), 4: (0.07, 0.15), 5: (0.08, 0.16)}
PSOAS_STRETCH = {2: (1.4, 3.5), 3: (1.2, 2.6), 4: (1.0, 2.0), 5: (0.9, 1.7)}  # a strip at L2, round at L5
# Its center behind that of the body, frame units: medians of the real sets are 3 to 7 mm (sizes.py).
PSOAS_SHIFT = (-0.04, 0.13)
# Of its long axis, its front toward the body, radians: medians of the real sets are 4 to 22 degrees (sizes.py).
PSOAS_LEAN = (-0.25, 0.85)
QUADRATUS_CHANCE = {2: 0.85, 3: 0.95, 4: 0.9, 5: 0.3}
QUADRATUS_HALF_LENGTH = {2: (0.05, 0.11), 3: (0.06, 0.15), 4: (0.07, 0.18), 5: (0.05, 0.12)}


def paint_psoas(scene, spine):
    u = scene.rng.uniform
    half_x = u(*PSOAS_HALF_WIDTH[scene.level])
    half_y = min(half_x * u(*PSOAS_STRETCH[scene.level]), 0.19)
    gap, lean, shift, power = u(-0.01, 0.03), u(*PSOAS_LEAN), u(*PSOAS_SHIFT), u(1.8, 2.4)
    if scene.level == 5:  # psoas moves forward and outward below L4
        shift -= u(0, 0.14)
        gap += u(0, 0.13)
    brightness, grow = u(0.8, 1.2), u(0.0, 0.02)
    for side, channel in ((-1, PSOAS_RIGHT), (1, PSOAS_LEFT)):
        size = 1 + scene.rng.normal(0, 0.07)
        x0 = side * (spine.half_width + half_x * size * u(0.75, 0.95) + gap)
        muscle = scene.ellipse(x0, spine.center_y + shift, half_x * size, half_y * size, -side * lean, power)
        muscle = muscle + 0.008 * scene.noise(12)
        scene.fill(muscle, scene.tissues.fat * u(0.75, 1.05), grow=grow)
        healthy = scene.muscle_texture() * brightness
        fat = np.exp(-((scene.noise(6) / u(0.05, 0.2)) ** 2)) * u(0, 0.4) * (scene.noise(25) > 0)
        scene.fill(muscle, healthy + (scene.tissues.fat - healthy) * fat)
        scene.labels[muscle > 0] = channel


def paint_quadratus_lumborum(scene):
    """An oblong or a wing lateral to and in front of erector spinae, often parted from it by fascia alone."""
    u = scene.rng.uniform
    if not scene.chance(QUADRATUS_CHANCE[scene.level]):
        return
    half_length = u(*QUADRATUS_HALF_LENGTH[scene.level])
    half_thickness = half_length * u(0.22, 0.55)
    x0, y0 = u(0.31, 0.41) + half_length * u(0.5, 1.0), scene.es_top + u(-0.08, 0.04)
    angle, power = u(-0.25, 0.75), u(1.7, 2.6)
    grow, fascia = u(0, 0.014), u(0.0, 0.6)
    brightness = u(0.85, 1.15)
    fat_share = u(0, 0.6) if scene.chance(0.3) else 0.0
    for side in (-1, 1):
        size = 1 + scene.rng.normal(0, 0.08)
        muscle = scene.ellipse(
            side * x0, y0 + u(-0.01, 0.01), half_length * size, half_thickness * size, side * angle, power
        )
        muscle = muscle + 0.006 * scene.noise(12)
        scene.fill(muscle, scene.fat_texture(), grow=grow)
        scene.blend(np.exp(-(((muscle + grow) / scene.edge) ** 2)) * fascia, scene.tissues.ligament)
        healthy = scene.muscle_texture() * brightness
        fat = soft_step(scene.noise(6) - 1.0, 0.3) * fat_share
        scene.fill(muscle, healthy + (scene.tissues.fat - healthy) * fat)
        scene.labels[muscle > 0] = QUADRATUS_LUMBORUM


def paint_lateral_sheet(scene):
    """Latissimus, serratus or the aponeurosis that runs from the lateral border of erector spinae to the flank."""
    u = scene.rng.uniform
    if not scene.chance(0.6):
        return
    x1, y1 = u(0.42, 0.52), scene.es_top + u(0.02, 0.2) * (scene.bottom - scene.es_top)
    slope, bend = u(-0.1, 0.7), u(-0.5, 1.0)
    thickness = np.exp(u(np.log(1.0), np.log(9.0))) * scene.mm
    for side in (-1, 1):
        along = side * scene.x - x1
        sheet = thickness / 2 - np.abs(scene.y - (y1 - slope * along - bend * along**2))
        scene.fill(np.minimum(sheet, along), scene.muscle_texture() * u(0.7, 1.2))


def _fat_tendency(scene, is_multifidus):
    """A field whose highest part becomes fat: patches, streaks, medial and deep predilection."""
    u = scene.rng.uniform
    scales = (12, 6, 3, 1.5, "fiber")
    weights = u(0, 1, 5) * (0.6, 0.8, 1, 0.5, 0.7) + 1e-6
    patches = sum(w * scene.noise(s) for w, s in zip(weights, scales)) / np.linalg.norm(weights)
    deep = 1.2 * np.exp(-(((scene.y - scene.top) / 0.08) ** 2)) * u(0, 1)
    medial = np.exp(-((np.abs(scene.x) / 0.06) ** 2)) * u(0, 1)
    superficial = np.exp(-(((scene.y - scene.bottom) / 0.1) ** 2)) * u(0, 0.8)
    return patches + np.where(is_multifidus, deep + medial, superficial)


def _fat_share(scene, muscle_labels, depth_pixels, lateral_septum):
    """Fat in every pixel of the muscles, 0 to 1: mean 0-60 %, worse in multifidus."""
    u = scene.rng.uniform
    severity = scene.rng.beta(1.1, 2.2)
    is_multifidus = np.isin(muscle_labels, (MF_RIGHT, MF_LEFT))
    tendency = _fat_tendency(scene, is_multifidus) + np.exp(-((depth_pixels / u(2, 8)) ** 2)) * u(0, 1.2)
    mean = {"mf": min(severity * u(0.7, 1.2), 0.75), "es": min(severity * u(0.3, 0.9), 0.65)}
    share = np.zeros((CANVAS, CANVAS), np.float32)
    for channel in (MF_RIGHT, MF_LEFT, ES_RIGHT, ES_LEFT):
        muscle = muscle_labels == channel
        if not muscle.any():
            continue
        wanted = mean["mf" if channel in (MF_RIGHT, MF_LEFT) else "es"] * u(0.8, 1.2)
        threshold = np.quantile(tendency[muscle], 1 - min(wanted, 0.85))
        share = np.where(muscle, soft_step(tendency - threshold, u(0.05, 0.5)), share)
    fine = np.exp(-((scene.noise(6) / u(0.04, 0.14)) ** 2)) * soft_step(scene.noise(25) + u(-1, 1), 0.3) * u(0, 0.7)
    coarse = np.exp(-((scene.noise(12) / u(0.03, 0.1)) ** 2)) * soft_step(scene.noise(25) + u(-1, 0.7), 0.3) * u(0, 0.9)
    share = np.maximum(share, np.maximum(fine, coarse) * (0.3 + severity))
    if scene.chance(0.6):  # between longissimus and iliocostalis
        share = np.maximum(share, lateral_septum * (~is_multifidus & (muscle_labels > 0)))
    return np.clip(np.maximum(share, _septum_between(scene, is_multifidus, muscle_labels)), 0, 1)


def _septum_between(scene, is_multifidus, muscle_labels):
    """The fat cleft between multifidus and erector spinae, from missing to clear."""
    u = scene.rng.uniform
    near_mf = ndimage.gaussian_filter(is_multifidus.astype(np.float32), u(0.6, 1.4))
    near_es = ndimage.gaussian_filter((~is_multifidus & (muscle_labels > 0)).astype(np.float32), 1.0)
    return np.clip(near_mf * near_es * 4, 0, 1) * np.clip(u(-0.3, 1.1) + 0.5 * scene.noise(12), 0, 1)


def _lateral_septum(scene):
    u = scene.rng.uniform
    x0 = scene.mf_edge + u(0.3, 0.7) * (0.5 - scene.mf_edge)
    line = np.abs(scene.x) - x0 - u(-0.8, 0.8) * (scene.y - (scene.top + scene.bottom) / 2) + 0.012 * scene.noise(12)
    return np.exp(-((line / u(0.003, 0.008)) ** 2)) * np.clip(u(0, 1) + 0.6 * scene.noise(12), 0, 1)


def paint_paraspinal(scene, muscle_labels):
    """Fat cleft and fascia around the warped outlines, then muscle with fat infiltration inside them."""
    u = scene.rng.uniform
    inside = muscle_labels > 0
    depth = (ndimage.distance_transform_edt(inside) - ndimage.distance_transform_edt(~inside)).astype(np.float32)
    pixel = max(scene.unit_pixels / 150, 0.6)  # clefts scale with the patient
    cleft = np.exp(u(np.log(0.4), np.log(3.5))) * pixel
    rim = soft_step(depth + cleft, 0.6) * (1 - soft_step(depth, 0.4))
    scene.blend(rim * np.clip(u(0.0, 1) + 0.4 * scene.noise(12), 0, 1), scene.fat_texture())
    behind = soft_step(scene.y - (scene.top + scene.bottom) / 2 + 0.02, 0.03)
    fascia = np.exp(-(((depth + cleft) / u(0.5, 1.0)) ** 2)) * behind * u(0.1, 0.95)
    scene.blend(fascia, scene.tissues.ligament * 0.5)

    fat = _fat_share(scene, muscle_labels, depth, _lateral_septum(scene))
    # Readers outline the compartment, so tissue recedes from the outline where fat lies at its rim.
    recess = np.clip(scene.noise(12) * u(0, 1.5) + u(-1.5, 0.5), -1.0, 3.5) * pixel
    texture = 1 + 0.22 * u(0, 1) * scene.noise(1.5) + 0.12 * scene.noise(12) + 0.12 * u(0, 1) * scene.noise("fiber")
    is_multifidus = np.isin(muscle_labels, (MF_RIGHT, MF_LEFT))
    healthy = scene.tissues.muscle * texture * np.where(is_multifidus, u(0.9, 1.15), 1)
    mixed = healthy + (scene.fat_texture() * u(0.7, 1.0) - healthy) * fat * u(0.6, 1)
    scene.blend(soft_step(depth - recess, 0.4), np.where(depth > -3, mixed, healthy))
    scene.labels[inside] = muscle_labels[inside]
