# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Images with reference masks as `paraspinal evaluate` takes them, and its runs on them."""

import csv
import re
import shutil
import subprocess
import sys

from outline import held_out

from . import ROOT

# Pixel size of axial_pairs_l45: not in the files; the parent data set's field of view is taken.
PIXEL_MM = "0.6875"
L45_VALUES = {50: "erector_spinae_right", 100: "multifidus_right", 150: "multifidus_left", 200: "erector_spinae_left"}
DIXON_VALUES = {1: "erector_spinae_right", 2: "multifidus_right", 3: "multifidus_left", 4: "erector_spinae_left"}


class Set:
    """Images and masks of one kind, linked side by side under equal names."""

    def __init__(self, folder, title, values=None, arguments=()):
        self.folder, self.title, self.arguments = folder, title, list(arguments)
        for name in ("images", "masks"):
            (folder / name).mkdir(parents=True)
        if values:
            rows = "".join(f"{value},{structure}\n" for value, structure in values.items())
            (folder / "labels.csv").write_text("value,structure\n" + rows)
            self.arguments += ["--labels", "labels.csv"]

    def add(self, name, image, mask):
        suffix = "" if image.is_dir() else image.suffix
        (self.folder / "images" / (name + suffix)).symlink_to(image.resolve())
        (self.folder / "masks" / (name + "".join(mask.suffixes))).symlink_to(mask.resolve())

    def command(self):
        return ["evaluate", "--images", "images", "--masks", "masks", *self.arguments]


def sample_set(folder):
    chosen = Set(folder, "Synthetic sample studies (`sample_dicom`), T2 slices and one T1")
    files = {path.name: path for path in (ROOT / "sample_dicom").rglob("*") if path.is_file()}
    for mask in sorted((ROOT / "sample_dicom/labels").glob("*.png")):
        chosen.add(mask.stem, files[mask.stem], mask)
    return chosen


def recovered_set(folder, data):
    title = "Recovered T2 pair at L4/5 as DICOM (`wrapped_dicom/t2_l45_slice`), held out of training"
    chosen = Set(folder, title, L45_VALUES)
    study = data / "wrapped_dicom/t2_l45_slice"
    chosen.add("t2_l45_slice", next(study.glob("*.dcm")), study / "reference_mask.png")
    return chosen


def matched_sets(folder, data):
    by_key = {}
    with open(data / "axial_pairs_l45/matched_pairs.csv", newline="") as file:
        for row in csv.DictReader(file):
            image = row["image"].removeprefix("axial_unlabelled/")
            seen = "held out of training" if image in held_out.SHIPPED.images else "in training"
            key = (row["contrast"], seen)
            if key not in by_key:
                name = "_".join(key).replace(" ", "_")
                title = f"{key[0]} slices at L4/5 matched with masks (`axial_pairs_l45`), {seen}"
                by_key[key] = Set(folder / name, title, L45_VALUES, ["--pixel-mm", PIXEL_MM])
            stem = image.removesuffix(".png").replace("/", "_")
            by_key[key].add(stem, data / row["image"], data / row["mask"])
    # T2 before T1, held out before seen.
    return [by_key[key] for key in sorted(by_key, key=lambda key: (key[0] != "T2", key[1]))]


def dixon_set(folder, data):
    title = "Composites of two Dixon subjects, L2 to L5 (`dixon_composite_*`), in training"
    chosen = Set(folder, title, DIXON_VALUES)
    for subject in sorted((data / "wrapped_dicom").glob("dixon_composite_*")):
        chosen.add(subject.name, subject, subject / "reference_labels.nii.gz")
    return chosen


def all_sets(folder, data):
    return [
        recovered_set(folder / "recovered_t2", data),
        *matched_sets(folder, data),
        dixon_set(folder / "dixon_composites", data),
        sample_set(folder / "sample_dicom"),
    ]


def run(one, program, output):
    """Run the program on a set, its tables into a folder of that name below output; what it printed."""
    results = output / one.folder.name
    shutil.rmtree(results, ignore_errors=True)
    done = subprocess.run([program, *one.command(), "-o", results], cwd=one.folder, capture_output=True, text=True)
    if done.returncode not in (0, 8):
        sys.exit(f"{one.title}: {done.stderr}")
    return done.stderr + done.stdout


def scores(chosen_sets, program, output):
    """The rows of evaluation_cases.csv of every set, by the set's name; and the name of the outline model."""
    rows, model = {}, ""
    for one in chosen_sets:
        model = re.search(r"; model (.+)", run(one, program.resolve(), output.resolve()))[1]
        with open(output / one.folder.name / "evaluation_cases.csv", newline="") as file:
            rows[one.folder.name] = lines = list(csv.DictReader(file))
        if failed := [f"{line['case']}: {line['reason']}" for line in lines if line["reason"]]:
            sys.exit("\n".join([f"{one.title}: not all slices were scored", *failed]))
    return rows, model
