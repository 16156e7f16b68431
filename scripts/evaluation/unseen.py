# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Scores by networks that have never seen the patient: fold_hospital.onnx, fold_a.onnx and fold_b.onnx of
scripts/train/make_outline_model --folds, each in a program built with it."""

import pathlib
import subprocess
import tempfile

from outline import held_out

from . import ROOT
from .sets import scores

DIXON = "dixon_composites"


def fold_of(case):
    """Of a Dixon slice the fold that has never seen the subject; of any other one, the network without its hospital."""
    for fold, left_out in held_out.FOLDS.items():
        subjects = {f"dixon_composite_{subject[-2:]}" for kind, subject in left_out.subjects if kind == "dixon"}
        if case.split("#")[0] in subjects:
            return fold
    return held_out.HOSPITAL


def build_with_fold(folds, builds, fold):
    """The program with the network of a fold, in a build folder of its own."""
    build = builds / f"fold_{fold}"
    configure = ["cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
    network = (folds / f"fold_{fold}.onnx").resolve()
    subprocess.run([*configure, f"-DPARASPINAL_OUTLINE_MODEL={network}"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "--target", "paraspinal"], check=True, stdout=subprocess.DEVNULL)
    return build / "pipeline/paraspinal"


def unseen_scores(folds, make_sets, builds, output):
    """As scores(), every case by a network that has never seen its hospital or subject; T1, T2 pairs are one set each.
    make_sets gives the sets in a folder; the programs are built below builds."""
    rows, models = {}, []
    for fold in held_out.NAMES:
        program = build_with_fold(folds, builds, fold)
        with tempfile.TemporaryDirectory() as temporary:
            chosen = make_sets(pathlib.Path(temporary))
            chosen = [one for one in chosen if (one.folder.name == DIXON) == (fold in held_out.FOLDS)]
            of_fold, model = scores(chosen, program, output / f"fold_{fold}")
        models.append(model)
        for name, lines in of_fold.items():
            theirs = [line for line in lines if fold_of(line["case"]) == fold]
            rows.setdefault(name.split("_held_out")[0].split("_in_training")[0], []).extend(theirs)
    return rows, ",\n".join(models)
