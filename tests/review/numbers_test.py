#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The numbers that `review` comes to are those of the run. Usage: numbers_test.py PROGRAM"""
import json
import tempfile
import unittest
from pathlib import Path

from run_under_review import SAMPLES, Server, exported, readings, record_files, run

CLINICAL = "patient_id,age_years,sex,diabetes\nsample-a,61,F,0\nsample-b,78,M,1\n"


def erased(runs, label, count):
    """The runs without the first pixels of a label."""
    pixels = [value for value, length in zip(runs[::2], runs[1::2]) for _ in range(length)]
    for place in [place for place, value in enumerate(pixels) if value == label][:count]:
        pixels[place] = 0
    return [number for value in pixels for number in (value, 1)]


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parent = tempfile.TemporaryDirectory()
        cls.clinical = Path(cls.parent.name) / "clinical.csv"
        cls.clinical.write_text(CLINICAL)

    @classmethod
    def tearDownClass(cls):
        cls.parent.cleanup()

    def measured(self, name, *options):
        folder = Path(self.parent.name) / name
        run("batch", SAMPLES, "-o", folder, "--quiet", *options)
        return folder

    def test_are_those_of_the_run_in_every_column_whatever_its_options(self):
        for number, options in enumerate([("--clinical", self.clinical), ("--fat-method", "otsu"),
                                          ("--fat-method", "fixed", "--fat-threshold", "300"), ("--fat-guard", "off")]):
            folder = self.measured(f"same-{number}", *options)
            review = options if options[0] == "--clinical" else ()
            with Server(folder, "--reader", "anna", *map(str, review)) as server:
                for place in range(2):
                    study = server.json(f"/api/studies/{place}")
                    labels = study["image"]["labels"]
                    again = server.json(f"/api/studies/{place}/measure", "POST", {"labels": labels})
                    self.assertEqual(again["measurement"], study["measurement"], options)
                    self.assertEqual(again["muscles"], study["muscles"], options)
                    self.assertEqual(again["touched"], [])

    def test_of_a_correction_have_a_risk_of_their_own_or_none(self):
        folder = self.measured("risk", "--clinical", self.clinical)
        for options in (("--clinical", str(self.clinical)), ()):
            with Server(folder, "--reader", "anna", *options) as server:
                study = server.json("/api/studies/1")
                labels = erased(study["image"]["labels"], 3, 300)
                again = server.json("/api/studies/1/measure", "POST", {"labels": labels})["measurement"]
                self.assertLess(float(again["csa_cm2"]), float(study["measurement"]["csa_cm2"]))
                self.assertEqual(again["risk_pct"] != "", bool(options))
                self.assertNotEqual(again["risk_pct"], study["measurement"]["risk_pct"])

    def test_of_a_run_that_cannot_be_repeated_are_refused(self):
        folder = self.measured("share", "--fat-share", "0.5")
        with Server(folder, "--reader", "anna") as server:
            labels = server.json("/api/studies/0")["image"]["labels"]
            status, _, body = server.ask("/api/studies/0/measure", "POST", {"labels": labels})
            self.assertEqual(status, 409)
            self.assertIn("--fat-share", json.loads(body)["error"])

    def test_of_a_correction_follow_the_settings_of_the_run(self):
        folder = self.measured("settings", "--fat-method", "otsu")
        with Server(folder, "--reader", "anna") as server:
            study = server.json("/api/studies/1")
            labels = erased(study["image"]["labels"], 3, 300)
            server.json("/api/studies/1/readings", "POST",
                        {"decision": "corrected", "labels": labels, "seen": study["seen"]})
        uid = study["measurement"]["study_uid"]
        by_otsu = exported(folder)[uid]
        self.assertEqual((by_otsu["reading"], by_otsu["fat_method"]), ("corrected", "otsu"))
        self.measured("settings")
        row = exported(folder)[uid]
        self.assertEqual((row["review_status"], row["fat_method"]), ("corrected", "reference"))
        self.assertEqual(row["csa_cm2"], by_otsu["csa_cm2"])
        self.assertNotEqual(row["fdr_pct"], by_otsu["fdr_pct"])
        with Server(folder, "--reader", "ben") as server:
            again = server.json("/api/studies/1/measure", "POST", {"labels": labels})["measurement"]
            self.assertEqual(again["fdr_pct"], row["fdr_pct"])
        self.assertEqual(len(readings(folder)), 2)
        self.measured("settings", "--fat-share", "0.5")
        row = exported(folder)[uid]
        self.assertEqual((row["review_status"], row["reading"]), ("outdated", "model"))
        self.assertEqual(row["fdr_pct"], exported(folder, "--reading", "model")[uid]["fdr_pct"])

    def test_of_measure_can_be_corrected_too(self):
        folder = Path(self.parent.name) / "measure"
        run("measure", SAMPLES / "patient_a", SAMPLES / "patient_b", "-o", folder, "--quiet")
        with Server(folder, "--reader", "anna") as server:
            study = server.json("/api/studies/1")
            labels = erased(study["image"]["labels"], 5, 10)
            server.json("/api/studies/1/readings", "POST",
                        {"decision": "corrected", "labels": labels, "seen": study["seen"], "note": "ü"})
        (reading,) = readings(folder)
        self.assertEqual((reading["touched"], reading["note"]), (["vertebral_body"], "ü"))
        self.assertTrue((folder / reading["outlines"] / "rois.zip").is_file())
        self.assertEqual(record_files(folder), [])


if __name__ == "__main__":
    unittest.main(argv=["numbers_test.py"], verbosity=2)
