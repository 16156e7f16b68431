#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""SEG, SR and SC of a sample patient in OHIF: outlines on their slice in the colors of the pictures, every number
listed beside them, and the picture.
Usage: ohif_test.py PROGRAM [--cache FOLDER] [--pictures FOLDER] [--save FOLDER]
With --save it only has OHIF save our segmentation by STOW-RS and keeps what came, for saved_test.py.
Ends with 77 (skipped) where npm, Orthanc with DICOMweb, chromium or selenium are absent."""

import argparse
import csv
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import numpy
    import pydicom
    from skimage.color import rgb2hsv
    from skimage.io import imread
    from selenium import webdriver
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError as missing:
    print(f"skipped: {missing}; scripts/install_deps test")
    sys.exit(77)

from ohif_archive import Absent, ArchiveWithViewer, fetch_ohif

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENT = ROOT / "sample_dicom" / "patient_a"
STUDY_TIMEOUT_S = 120  # The first picture of OHIF takes 5 to 20 s where WebGL is done by the processor.

# Hues in degrees of the colors in pipeline/report/pictures/color.cpp; OHIF makes them lighter and darker.
HUES = {"vertebral_body": 164, "erector_spinae": 202, "multifidus": 41, "psoas": 327}


def browser():
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        raise Absent("needs chromium and chromium-driver; scripts/install_deps test")
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new", "--no-sandbox", "--window-size=1600,1000", "--use-gl=angle", "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    ):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text())))


def measure(program, patient, out, *options):
    command = [program, "measure", patient, "-o", out, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Ohif(unittest.TestCase):
    program = cache = pictures = saved = None

    @classmethod
    def setUpClass(cls):
        cls.archive = ArchiveWithViewer(fetch_ohif(cls.cache))
        cls.addClassCleanup(cls.archive.close)
        work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(work.cleanup)
        cls.out = pathlib.Path(work.name) / "out"
        measure(cls.program, PATIENT, cls.out, "--write", "csv,seg,sr,sc")
        images = [file for file in PATIENT.rglob("*") if file.is_file()]
        for file in images + list(cls.out.rglob("*.dcm")):
            cls.archive.store(file)
        cls.chrome = browser()
        cls.addClassCleanup(cls.chrome.quit)
        cls.study = str(pydicom.dcmread(next(cls.out.rglob("seg.dcm")), stop_before_pixels=True).StudyInstanceUID)

    def wait(self, question, what):
        waiting = WebDriverWait(self.chrome, STUDY_TIMEOUT_S, 0.5, ignored_exceptions=[StaleElementReferenceException])
        return waiting.until(lambda _: question(), what)

    def text(self):
        return self.chrome.find_element(By.TAG_NAME, "body").text

    def thumbnail(self, name):
        found = self.chrome.find_elements(By.CSS_SELECTOR, '[data-cy^="study-browser-thumbnail"]')
        return next((one for one in found if name in one.text), None)

    def screenshot(self, name):
        picture = self.chrome.get_screenshot_as_png()
        if self.pictures:
            (pathlib.Path(self.pictures) / f"{name}.png").write_bytes(picture)
        return imread(io.BytesIO(picture))[:, :, :3]

    def open(self, series, mode="viewer"):
        """Opens the study, and puts a series of it into the large view."""
        self.chrome.get(f"{self.archive.address}/{mode}?StudyInstanceUIDs={self.study}")
        self.wait(lambda: self.thumbnail(series), f"no series {series}")
        self.wait(lambda: "W:" in self.text(), "no image")
        for button in self.chrome.find_elements(By.TAG_NAME, "button"):
            if button.text == "Skip all" and button.is_displayed():  # Of the tour for new users.
                button.click()
        ActionChains(self.chrome).double_click(self.thumbnail(series)).perform()

    def button(self, name):
        found = self.chrome.find_elements(By.TAG_NAME, "button")
        return next((one for one in found if one.text.strip() == name and one.is_displayed()), None)

    def pixels_of_hue(self, picture, hue):
        """How many pixels of the large view have about that hue, and are no gray."""
        hue_of, saturation, value = numpy.moveaxis(rgb2hsv(picture[60:, 300:]), 2, 0)
        off = numpy.abs((hue_of * 360 - hue + 180) % 360 - 180)
        return int(((off < 6) & (saturation > 0.3) & (value > 0.3)).sum())

    def wait_for_colors(self, name):
        counts = lambda: {one: self.pixels_of_hue(self.screenshot(name), hue) for one, hue in HUES.items()}
        self.wait(lambda: min(counts().values()) > 50, f"colors are missing: {counts()}")

    def open_segmentation(self, picture):
        self.open("Paraspinal muscles", mode="segmentation")
        time.sleep(4)  # It opens by itself, unless OHIF asks first.
        if self.button("Yes"):
            self.button("Yes").click()
        self.wait_for_colors(picture)

    def test_the_report_shows_every_number_at_its_outline(self):
        self.open("Paraspinal measurements")
        self.wait(lambda: "Cross-sectional area, all four muscles" in self.text(), "no numbers of the report")
        total = rows(self.out / "measurements.csv")[0]
        lines = [f"Cross-sectional area, all four muscles: {float(total['csa_cm2']):.2f} cm2",
                 f"Fatty degeneration ratio, all four muscles: {float(total['fdr_pct']):.2f} %"]
        for muscle in rows(self.out / "muscles.csv"):
            lines.append(f"Area: {float(muscle['area_cm2']):.2f} cm2")
        for line in lines:
            self.wait(lambda: line in self.text(), f"'{line}' is not there")
        self.screenshot("report")

    def test_the_outlines_of_the_report_become_measurements_of_the_viewer(self):
        self.open("Paraspinal measurements")
        self.wait(lambda: self.button("Yes"), "OHIF does not offer to take the measurements over").click()
        self.wait(lambda: "mm²" in self.text(), "no measurement was taken over")
        for muscle in rows(self.out / "muscles.csv"):
            area_mm2 = float(muscle["area_cm2"]) * 100
            near = [f"Area: {round(area_mm2) + step} mm²" for step in (-1, 0, 1)]  # It rounds what it reckons.
            self.wait(lambda: any(one in self.text() for one in near), f"{muscle['structure']}: {near[1]} is not there")
        self.screenshot("measurements")

    def test_the_study_is_in_the_list(self):
        self.chrome.get(self.archive.address)
        patient = pydicom.dcmread(next(self.out.rglob("sr.dcm"))).PatientID
        self.wait(lambda: patient in self.text(), "the study is not in the list")
        kinds = lambda: any(
            {"MR", "SEG", "SR"} <= set(re.split(r"[\s/\\\\,]+", line)) for line in self.text().splitlines()
        )
        self.wait(kinds, f"the list does not say what the study holds: {self.text()}")
        self.screenshot("study_list")

    def test_the_segmentation_has_our_names_and_colors_on_its_slice(self):
        self.open_segmentation("segmentation")
        segments = pydicom.dcmread(next(self.out.rglob("seg.dcm")), stop_before_pixels=True).SegmentSequence
        shown = self.text()
        self.assertEqual([one.SegmentLabel for one in segments if one.SegmentLabel not in shown], [])

    def menu_item(self, name):
        found = self.chrome.find_elements(By.CSS_SELECTOR, '[role="menuitem"]')
        return next((one for one in found if one.text.strip() == name), None)

    def save(self, kind, file):
        """Has OHIF save the segmentation of the study into the archive, and keeps what came."""
        self.open_segmentation(kind)
        before = set(self.archive.orthanc.get("/instances"))
        self.chrome.find_element(By.CSS_SELECTOR, '[data-cy^="segmentation-collapsed-more-btn"]').click()
        for name in ("Export", kind):
            self.wait(lambda: self.menu_item(name), f"no {name}").click()
        self.wait(lambda: self.button("Save"), "no Save").click()
        new = self.wait(lambda: set(self.archive.orthanc.get("/instances")) - before, "nothing came into the archive")
        (self.saved / file).write_bytes(self.archive.orthanc.file(new.pop()))

    def test_a_segmentation_is_saved_into_the_archive(self):
        if not self.saved:
            self.skipTest("only with --save")
        self.save("DICOM SEG", "segmentation.dcm")

    def test_the_picture_is_a_series_of_its_own(self):
        self.open("Paraspinal overlay")
        self.wait_for_colors("picture")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--cache", default=ROOT / "build" / "ohif")
    parser.add_argument("--pictures", help="keeps what was seen there")
    parser.add_argument("--save", type=pathlib.Path, help="keeps there what OHIF saves")
    asked = parser.parse_args()
    Ohif.program, Ohif.cache, Ohif.pictures = asked.program.resolve(), asked.cache, asked.pictures
    Ohif.saved = asked.save
    if asked.pictures:
        pathlib.Path(asked.pictures).mkdir(parents=True, exist_ok=True)
    try:
        fetch_ohif(asked.cache)
        browser().quit()
        ArchiveWithViewer(fetch_ohif(asked.cache)).close()
    except Absent as reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    only = ["-k", "is_saved_into_the_archive"] if asked.save else []
    unittest.main(argv=sys.argv[:1] + only)
