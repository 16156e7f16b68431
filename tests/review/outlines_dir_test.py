#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""`batch --outlines-dir`: outlines drawn elsewhere become readings. Usage: outlines_dir_test.py PROGRAM [Class.test]"""
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import pydicom

from run_under_review import PROGRAM, SAMPLES, exported, readings, run

NUMBERS = ("csa_cm2", "fa_cm2", "fdr_pct", "vb_cm2", "outline_source", "csa_low_cm2", "fdr_high_pct",
           "sop_instance_uid", "level_source", "qc_flags", "fat_method", "fat_threshold")


def rows(text):
    return list(csv.DictReader(text.splitlines()))


class OutlinesDir(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parent = tempfile.TemporaryDirectory()
        root = Path(cls.parent.name)
        cls.samples = root / "samples"
        shutil.copytree(SAMPLES / "patient_a", cls.samples / "patient_a")
        shutil.copytree(SAMPLES / "patient_b", cls.samples / "patient_b")
        for file in (cls.samples / "patient_b").rglob("*"):
            if file.is_file():
                data = pydicom.dcmread(file)
                data.AccessionNumber = "ACC71"
                data.save_as(file)
        run("measure", cls.samples, "-o", root / "drawn", "--write", "csv,nifti,roi,seg", "--quiet")
        run("batch", cls.samples, "-o", root / "run", "--quiet")
        cls.model = {row["patient_id"]: row
                     for row in rows((root / "drawn" / "measurements.csv").read_text())}
        cls.drawn = {name: root / "drawn" / row["study_folder"] for name, row in cls.model.items()}

    @classmethod
    def tearDownClass(cls):
        cls.parent.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.run_folder, self.outlines = Path(folder.name) / "run", Path(folder.name) / "outlines"
        self.outlines.mkdir()
        shutil.copytree(Path(self.parent.name) / "run", self.run_folder)

    def put(self, patient, drawing, name):
        return shutil.copy(self.drawn[patient] / drawing, self.outlines / name)

    def batch(self, *options, code=0):
        done = subprocess.run([PROGRAM, "batch", self.samples, "-o", self.run_folder, "--outlines-dir",
                               self.outlines, *map(str, options)], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def table(self, name="measurements.csv"):
        return rows((self.run_folder / name).read_text())

    def test_files_become_readings_with_the_numbers_of_measure(self):
        uid = self.model["sample-a"]["study_uid"]
        self.put("sample-a", "rois.zip", f"{uid}.zip")
        self.put("sample-b", "labels.nii.gz", "ACC71.nii.gz")
        self.assertIn("2 outlines of anna taken, 0 known before, 0 not taken",
                      self.batch("--outlines-reader", "anna"))
        for row, drawing in zip(self.table(), ("rois.zip", "labels.nii.gz")):
            name = row["patient_id"]
            self.assertEqual((row["reading"], row["reader"], row["review_status"]), ("corrected", "anna", "corrected"))
            (alone,) = rows(run("measure", self.samples / name.replace("sample-", "patient_"), "--outlines",
                                self.drawn[name] / drawing, "--format", "csv", "--quiet"))
            for column in NUMBERS:
                self.assertEqual(row[column], alone[column], (name, column))
        model = exported(self.run_folder, "--reading", "model")
        for row in self.model.values():
            self.assertEqual(model[row["study_uid"]]["csa_low_cm2"], row["csa_low_cm2"])
            self.assertEqual(model[row["study_uid"]]["reading"], "model")
        for reading in readings(self.run_folder):
            self.assertTrue((self.run_folder / reading["outlines"] / "labels.nii.gz").is_file())
        agreed = run("agree", self.run_folder, "--readers", "anna,model")
        self.assertIn("anna", agreed)

    def test_a_file_is_taken_once_and_again_when_it_or_the_options_change(self):
        folder = self.model["sample-a"]["study_folder"]
        self.put("sample-a", "seg.dcm", folder)
        self.batch()
        self.assertIn("0 outlines of outlines taken, 1 known before", self.batch())
        first = self.table()[0]
        self.batch("--fat-method", "otsu")
        made = readings(self.run_folder)
        self.assertEqual(len(made), 2)
        self.assertEqual(made[0]["time"], made[1]["time"])
        self.assertEqual((first["fat_method"], self.table()[0]["fat_method"]), ("reference", "otsu"))
        self.put("sample-a", "labels.nii.gz", folder + ".nii.gz")
        (self.outlines / folder).unlink()
        self.batch("--fat-method", "otsu")
        self.assertEqual(len(readings(self.run_folder)), 3)

    def test_objects_that_hide_names_are_never_written_again_with_them(self):
        key = self.outlines.parent / "key"
        key.write_text("0123456789abcdef" * 4 + "\n")
        key.chmod(0o600)
        self.put("sample-a", "rois.zip", self.model["sample-a"]["study_folder"] + ".zip")
        self.batch("--write", "csv,json,nifti,seg,sr", "--deidentify", key)
        run("batch", self.samples, "-o", self.run_folder, "--fat-method", "otsu", "--quiet")
        objects = [sorted(file.name for file in (self.run_folder / reading["outlines"]).glob("*.dcm"))
                   for reading in readings(self.run_folder)]
        self.assertEqual(objects, [["seg.dcm", "sr.dcm"], []])
        for file in (self.run_folder / "readings").rglob("*.dcm"):
            self.assertNotIn(b"sample-a", file.read_bytes())

    def test_what_somebody_said_later_stays(self):
        self.put("sample-a", "rois.zip", self.model["sample-a"]["study_folder"] + ".zip")
        self.batch()
        file = self.run_folder / "readings.jsonl"
        later = {**readings(self.run_folder)[0], "reader": "ben", "decision": "rejected", "reason": "level",
                 "time": "2100-01-01T00:00:00Z"}
        file.write_text(file.read_text() + json.dumps(later) + "\n")
        self.batch("--fat-method", "otsu", code=0)
        self.assertEqual(self.table()[0]["review_status"], "rejected")
        self.assertEqual(self.table()[0]["reason"], "rejected_by_reader")

    def test_what_fits_no_study_is_listed_and_counts(self):
        uid = self.model["sample-a"]["study_uid"]
        self.put("sample-a", "rois.zip", "nobody.zip")
        self.put("sample-a", "rois.zip", f"{uid}.zip")
        self.put("sample-a", "rois.zip", self.model["sample-a"]["study_folder"] + ".zip")
        (self.outlines / "ACC71.zip").write_text("no archive")
        self.put("sample-a", "rois.zip", ".hidden.zip")
        said = self.batch(code=8)
        self.assertIn("0 outlines of outlines taken, 0 known before, 4 not taken", said)
        listed = {Path(row["file"]).name: row for row in self.table("skipped_files.csv")}
        self.assertEqual(len(listed), 4)
        self.assertIn("no study has this", listed["nobody.zip"]["detail"])
        self.assertIn("of the same study", listed[f"{uid}.zip"]["detail"])
        self.assertIn("ACC71.zip", listed)
        self.assertEqual(readings(self.run_folder), [])
        self.assertEqual(self.table()[0]["csa_low_cm2"], self.model["sample-a"]["csa_low_cm2"])

    def test_outlines_of_another_study_are_refused(self):
        self.put("sample-b", "seg.dcm", self.model["sample-a"]["study_folder"] + ".dcm")
        self.batch(code=8)
        (listed,) = self.table("skipped_files.csv")
        self.assertEqual(listed["reason"], "outline_mismatch")
        self.assertEqual(readings(self.run_folder), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
