#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The numbers that `review` comes to are those of the run. Usage: numbers_test.py PROGRAM [Class.test]"""
import csv
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import pydicom

from run_under_review import PROGRAM, SAMPLES, Server, change_record, erased, exported, readings, record_files, run

CLINICAL = "patient_id,age_years,sex,diabetes\nsample-a,61,F,0\nsample-b,78,M,1\n"


def numbers_in(report):
    """Whatever an SR measured, rounded to a tenth."""
    here = [round(float(report.MeasuredValueSequence[0].NumericValue), 1)] if report.get("ValueType") == "NUM" else []
    return here + [number for item in report.get("ContentSequence", []) for number in numbers_in(item)]


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
        with Server(folder, "--reader", "anna", "--dicom") as server:
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
        before, after = readings(folder)
        self.assertEqual((before["time"], before["reader"]), (after["time"], after["reader"]))
        for reading, of_it, of_other in ((before, by_otsu, row), (after, row, by_otsu)):
            stated = numbers_in(pydicom.dcmread(folder / reading["outlines"] / "sr.dcm"))
            self.assertIn(round(float(of_it["fdr_pct"]), 1), stated)
            self.assertNotIn(round(float(of_other["fdr_pct"]), 1), stated)
            self.assertTrue((folder / reading["outlines"] / "seg.dcm").is_file())
        with Server(folder, "--reader", "ben") as server:
            again = server.json("/api/studies/1/measure", "POST", {"labels": labels})["measurement"]
            self.assertEqual(again["fdr_pct"], row["fdr_pct"])
        self.assertEqual(len(readings(folder)), 2)
        self.measured("settings", "--fat-share", "0.5")
        row = exported(folder)[uid]
        self.assertEqual((row["review_status"], row["reading"]), ("outdated", "model"))
        self.assertEqual(row["fdr_pct"], exported(folder, "--reading", "model")[uid]["fdr_pct"])

    def test_where_the_run_now_differs_from_readers_is_told(self):
        folder = self.measured("told")
        with Server(folder, "--reader", "anna") as server:
            for place, decision in enumerate(("accepted", "corrected")):
                study = server.json(f"/api/studies/{place}")
                labels = {"labels": erased(study["image"]["labels"], 3, 300)} if place == 1 else {}
                server.json(f"/api/studies/{place}/readings", "POST", {"decision": decision, "seen": study["seen"], **labels})
        before = exported(folder)
        for reading in readings(folder):
            self.assertEqual(reading["seen"]["outline_model"], before[reading["study_uid"]]["outline_model"])
            self.assertTrue(reading["software_version"])
        again = [PROGRAM, "batch", SAMPLES, "-o", folder, "--fat-method", "otsu"]
        said = subprocess.run(again, check=True, capture_output=True, text=True).stderr
        rows, model = exported(folder), exported(folder, "--reading", "model")
        numbers = lambda row: f"CSA {row['csa_cm2']} cm2, FDR {row['fdr_pct']} %"
        self.assertIn("2 decisions are about results that the run no longer has", said)
        for uid, row in rows.items():
            is_accepted = before[uid]["review_status"] == "accepted"
            self.assertIn(f"study {row['study_folder']}: " + (
                f"accepted by anna with {numbers(before[uid])}; now {numbers(model[uid])} (review_status outdated)"
                if is_accepted else
                f"corrected by anna with {numbers(row)} (measured as the run is now); the run itself has "
                f"{numbers(model[uid])}"), said)
        said = subprocess.run(again, check=True, capture_output=True, text=True).stderr
        self.assertIn("1 decisions are about", said)

    def test_of_another_slice_follow_the_settings_of_the_run_too(self):
        folder = self.measured("slices", "--fat-method", "otsu")
        with Server(folder, "--reader", "anna") as server:
            study = server.json("/api/studies/0")
            axial = [slice["slice"] for slice in server.json("/api/studies/0/slices")["axial"]]
            chosen = next(uid for uid in axial if uid != study["measurement"]["sop_instance_uid"])
            other = server.json(f"/api/studies/0/slice?slice={chosen}")
            server.json(f"/api/studies/0/readings?slice={chosen}", "POST",
                        {"decision": "corrected", "labels": other["image"]["labels"], "seen": study["seen"]})
        self.measured("slices")
        row = exported(folder)[study["measurement"]["study_uid"]]
        (alone,) = csv.DictReader(run("measure", SAMPLES, "--slice", chosen, "--format", "csv", "--quiet").splitlines())
        self.assertEqual((row["review_status"], row["sop_instance_uid"]), ("corrected", chosen))
        for column in ("csa_cm2", "fdr_pct", "fdr_low_pct", "vb_cm2", "fat_method", "fat_threshold"):
            self.assertEqual(row[column], alone[column], column)
        self.assertEqual(row["fat_method"], "reference")

    def test_of_a_study_that_failed_come_from_the_slice_that_is_chosen(self):
        folder = self.measured("failed", "--fat-method", "otsu")
        failed = {"status": "failed", "reason": "level_not_found", "message": "no spine"}
        file = record_files(folder)[0]
        uid = json.loads(file.read_text())["study_uid"]
        change_record(file, lambda record: (record.update(failed), record["measurement"].update(failed)))
        (file.parent / "measurement.json").unlink()
        with Server(folder, "--reader", "anna") as server:
            place = next(i for i, study in enumerate(server.json("/api/studies")["studies"]) if uid in study["cells"])
            study = server.json(f"/api/studies/{place}")
            self.assertIsNone(study["image"])
            chosen = server.json(f"/api/studies/{place}/slices")["axial"][0]["slice"]
            other = server.json(f"/api/studies/{place}/slice?slice={chosen}")
            server.json(f"/api/studies/{place}/readings?slice={chosen}", "POST",
                        {"decision": "corrected", "labels": other["image"]["labels"], "seen": study["seen"]})
        (reading,) = readings(folder)
        self.assertEqual((reading["touched"], reading["measurement"]["sop_instance_uid"]), ([], chosen))
        (alone,) = csv.DictReader(run("measure", SAMPLES, "--slice", chosen, "--fat-method", "otsu", "--format", "csv",
                                      "--quiet").splitlines())
        for column in ("csa_cm2", "fdr_pct", "fdr_low_pct", "vb_cm2", "fat_method", "fat_threshold", "level_source", "status"):
            self.assertEqual(reading["measurement"][column], alone[column], column)

    def test_of_a_correction_are_dicom_objects_that_name_the_reader(self):
        folder = self.measured("dicom")
        with Server(folder, "--reader", "anna", "--dicom") as server:
            study = server.json("/api/studies/0")
            server.json("/api/studies/0/readings", "POST",
                        {"decision": "corrected", "labels": erased(study["image"]["labels"], 5, 10), "seen": study["seen"]})
        (reading,) = readings(folder)
        report = pydicom.dcmread(folder / reading["outlines"] / "sr.dcm")
        persons = [item.PersonName for item in report.ContentSequence if item.ValueType == "PNAME"]
        self.assertEqual([str(name) for name in persons], ["anna"])
        segmentation = pydicom.dcmread(folder / reading["outlines"] / "seg.dcm")
        kinds = {str(segment.SegmentLabel): segment.SegmentAlgorithmType for segment in segmentation.SegmentSequence}
        self.assertEqual({kind for kind in kinds.values()}, {"MANUAL", "AUTOMATIC"})
        self.assertEqual(list(kinds.values()).count("MANUAL"), 1)

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
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
