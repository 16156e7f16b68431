#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""`paraspinal review` in a real browser. Usage: browser_test.py PROGRAM [Class.test]; ends with 77 (skipped)
where chromium, its driver, selenium, numpy or nibabel are not installed or localhost is unknown."""
import csv
import json
import shutil
import socket
import sys
import tempfile
import time
import unittest
from pathlib import Path

try:
    import nibabel
    import numpy
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError as missing:
    print(f"skipped: {missing}; scripts/install_deps test")
    sys.exit(77)
if not (shutil.which("chromium") and shutil.which("chromedriver")):
    print("skipped: needs chromium and chromium-driver; scripts/install_deps test")
    sys.exit(77)
try:
    socket.getaddrinfo("localhost", None)
except socket.gaierror:
    print("skipped: nothing here is called localhost (no /etc/hosts), and chromedriver listens there")
    sys.exit(77)

from run_under_review import (Server, change_record, exported, measure_samples, multiply, readings, record_files, run)

MEASURED = ("csa_cm2", "fa_cm2", "fdr_pct", "vb_cm2", "csa_low_cm2", "csa_high_cm2", "fdr_low_pct", "fdr_high_pct",
            "sop_instance_uid", "level", "level_source", "level_offset", "slice_offset_mm", "qc_flags", "fat_threshold",
            "outline_source", "instance_number", "psoas_left_csa_cm2")
EVIL = "<img src=x onerror=\"document.title='evil'\"><script>document.title='evil'</script>"


def browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


class Review(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.samples = tempfile.TemporaryDirectory()
        cls.measured = measure_samples(Path(cls.samples.name) / "run")
        cls.chrome = browser()

    @classmethod
    def tearDownClass(cls):
        cls.chrome.quit()
        cls.samples.cleanup()

    def setUp(self):
        parent = tempfile.TemporaryDirectory()
        self.addCleanup(parent.cleanup)
        self.folder = Path(parent.name) / "run"
        shutil.copytree(self.measured, self.folder)

    def serve(self, *options):
        server = Server(self.folder, *options)
        self.addCleanup(server.__exit__)
        return server

    def wait(self, question, what):
        WebDriverWait(self.chrome, 30, 0.02).until(lambda _: question(), what)

    def script(self, text):
        return self.chrome.execute_script("return " + text)

    def text(self, name):
        return self.script(f"document.getElementById('{name}').textContent")

    def press(self, *keys):
        ActionChains(self.chrome).send_keys(*keys).perform()

    def open_list(self, server):
        self.chrome.get(server.address)
        self.wait(lambda: "reviewed by" in self.text("shown"), "the list")

    def open_first(self, server):
        self.open_list(server)
        self.press(Keys.ENTER)
        self.wait(lambda: "," in self.text("title"), "the study")

    def wait_for_readings(self, count):
        self.wait(lambda: len(readings(self.folder)) == count, f"{count} readings")

    def wait_for_list(self):
        self.wait(lambda: not self.script("document.getElementById('worklist').hidden"), "the list")

    def drawn_pixels(self, label):
        return self.script("(async () => (await import('./drawing.js')).labels()"
                           f".filter(value => value === {label}).length)()")

    def drag(self, x, y, steps=((40, 5), (-30, 10))):
        canvas = self.chrome.find_element("id", "canvas")
        actions = ActionChains(self.chrome, duration=0).move_to_element_with_offset(canvas, x, y).click_and_hold()
        for step in steps:
            actions.move_by_offset(*step)
        actions.release().perform()

    def test_forty_studies_by_keys_alone(self):
        multiply(self.folder, 40)
        server = self.serve("--reader", "anna")
        self.open_first(server)
        for number in range(40):
            self.wait(lambda n=number: self.text("place") == f"{n + 1} of 40" and "," in self.text("title"),
                      f"study {number}")
            if number % 4 == 3:
                self.press("r")
                self.press("2")
            else:
                self.press("a")
            self.wait_for_readings(number + 1)
        self.wait(lambda: "40 reviewed by anna" in self.text("shown"), "the list at the end")
        made = readings(self.folder)
        self.assertEqual(len({reading["study_uid"] for reading in made}), 40)
        self.assertEqual(sum(reading["decision"] == "rejected" for reading in made), 10)
        self.assertEqual({reading["reason"] for reading in made}, {"", "outline"})

    def correct_first(self, server):
        """Draws into the first study and saves it; the row of `export` and the labels that were saved."""
        self.open_first(server)
        self.press("c", "3")
        before = self.text("numbers")
        self.drag(-150, 100)
        self.wait(lambda: self.text("numbers") != before, "new numbers")
        self.press("s")
        self.wait_for_readings(1)
        reading = readings(self.folder)[0]
        labels = numpy.asanyarray(nibabel.load(self.folder / reading["outlines"] / "labels.nii.gz").dataobj)
        return reading, labels

    def test_a_correction_is_in_the_export_to_the_pixel(self):
        reading, labels = self.correct_first(self.serve("--reader", "anna"))
        row = exported(self.folder)[reading["study_uid"]]
        model = exported(self.folder, "--reading", "model")[reading["study_uid"]]
        pixel_cm2 = float(row["pixel_row_mm"]) * float(row["pixel_col_mm"]) / 100
        self.assertEqual(row["csa_cm2"], f"{numpy.isin(labels, (1, 2, 3, 4)).sum() * pixel_cm2:.3f}")
        self.assertEqual(row["es_right_csa_cm2"], f"{(labels == 3).sum() * pixel_cm2:.3f}")
        self.assertNotEqual(row["csa_cm2"], model["csa_cm2"])
        self.assertEqual(row["mf_left_fdr_pct"] != "", True)
        self.assertEqual((row["reading"], row["reader"], row["review_status"]), ("corrected", "anna", "corrected"))
        self.assertEqual((model["reading"], model["review_status"]), ("model", ""))
        self.assertEqual(row["outline_source"], "reader+model")
        # The study folder of the run is as it was: its result is never lost.
        run_labels = self.folder / row["study_folder"] / "labels.nii.gz"
        self.assertEqual(run_labels.read_bytes(), (self.measured / row["study_folder"] / "labels.nii.gz").read_bytes())
        self.assertEqual(exported(self.folder, "--reading", "anna")[reading["study_uid"]], row)

    def test_the_same_outlines_given_to_measure_give_the_same_numbers(self):
        reading, _ = self.correct_first(self.serve("--reader", "anna"))
        row = exported(self.folder)[reading["study_uid"]]
        for drawing in ("labels.nii.gz", "rois.zip"):
            again = run("measure", Path(row["source_file"]), "--outlines", self.folder / reading["outlines"] / drawing,
                        "--slice", row["sop_instance_uid"], "--format", "csv", "--quiet").splitlines()
            cells = dict(zip(again[0].split(","), again[1].split(",")))
            for column in ("csa_cm2", "fa_cm2", "fdr_pct", "vb_cm2", "es_right_csa_cm2", "psoas_left_csa_cm2"):
                self.assertEqual(cells[column], row[column], (drawing, column))

    def as_measured(self, row, *options):
        """The row that `measure` has for the study of `row`."""
        table = run("measure", Path(row["source_file"]).parents[1], "--format", "csv", "--quiet", *options)
        (line,) = csv.DictReader(table.splitlines())
        return line

    def open_slices(self):
        """Of the study that has several."""
        self.open_first(self.serve("--reader", "anna"))
        self.press("j")
        self.wait(lambda: "sample-a," in self.text("title"), "the second study")
        self.press("l")
        self.wait(lambda: "of" in self.text("where"), "the slices")

    def choose_and_save(self, key):
        self.open_slices()
        self.press(key)
        self.wait(lambda: "another slice" in self.text("title"), "the other slice")
        self.press("s")
        self.wait_for_readings(1)
        (reading,) = readings(self.folder)
        return reading, exported(self.folder)[reading["study_uid"]]

    def test_another_slice_is_measured_as_measure_does(self):
        _, row = self.choose_and_save(".")
        self.assertEqual((row["level_source"], row["reading"], row["reader"]), ("operator", "corrected", "anna"))
        alone = self.as_measured(row, "--slice", row["sop_instance_uid"])
        self.assertEqual([row[column] for column in MEASURED], [alone[column] for column in MEASURED])
        model = exported(self.folder, "--reading", "model")[row["study_uid"]]
        self.assertNotEqual(model["sop_instance_uid"], row["sop_instance_uid"])

    def test_the_count_is_corrected_as_measure_does(self):
        reading, row = self.choose_and_save("-")
        self.assertEqual((reading["level_offset"], row["level_offset"]), (-1, "-1"))
        alone = self.as_measured(row, "--level-offset", "-1")
        self.assertEqual([row[column] for column in MEASURED], [alone[column] for column in MEASURED])

    def test_a_click_chooses_a_slice_and_its_outlines_are_corrected(self):
        self.open_slices()
        run_slice = self.text("where")
        canvas = self.chrome.find_element("id", "sagittal")
        self.script("document.getElementById('sagittal').scrollIntoView()")
        ActionChains(self.chrome).move_to_element_with_offset(canvas, 0, -60).click().perform()
        self.wait(lambda: "another slice" in self.text("title"), "the other slice")
        self.assertNotEqual(self.text("where"), run_slice)
        self.press("c", "5")
        before = self.text("numbers")
        self.drag(0, -120)
        self.wait(lambda: self.text("numbers") != before, "new numbers")
        self.press("s")
        self.wait_for_readings(1)
        (reading,) = readings(self.folder)
        labels = numpy.asanyarray(nibabel.load(self.folder / reading["outlines"] / "labels.nii.gz").dataobj)
        row = exported(self.folder)[reading["study_uid"]]
        pixel_cm2 = float(row["pixel_row_mm"]) * float(row["pixel_col_mm"]) / 100
        self.assertEqual(row["vb_cm2"], f"{(labels == 5).sum() * pixel_cm2:.3f}")
        self.assertEqual((row["outline_source"], row["level_source"]), ("reader+model", "operator"))
        # And they are there again, on their slice.
        self.wait_for_list()
        self.press(Keys.ENTER)
        self.wait(lambda: "show its outlines" in self.text("readings"), "the reading")
        self.script("document.querySelector('#readings button').click()")
        self.wait(lambda: "another slice" in self.text("title") and row["vb_cm2"] in self.text("numbers"), "its outlines")

    def test_what_was_drawn_survives_the_server_and_the_browser(self):
        server = self.serve("--reader", "anna")
        self.open_first(server)
        self.press("c", "3")
        self.drag(-150, 100)
        drawn = self.drawn_pixels(3)
        self.wait(lambda: self.pixels_in_draft(3) == drawn, "the draft")
        server.kill()
        self.open_first(self.serve("--reader", "anna"))
        self.wait(lambda: "did not save" in self.text("message"), "the word about it")
        self.assertEqual(self.drawn_pixels(3), drawn)
        self.assertEqual(readings(self.folder), [])
        self.press("s")
        self.wait(lambda: self.text("place") == "2 of 2", "the next study")  # The server has answered.
        self.assertEqual(list(self.folder.glob("readings/anna/drafts/*")), [])
        (reading,) = readings(self.folder)
        labels = numpy.asanyarray(nibabel.load(self.folder / reading["outlines"] / "labels.nii.gz").dataobj)
        self.assertEqual((labels == 3).sum(), drawn)

    def pixels_in_draft(self, label):
        runs = [json.loads(file.read_text())["labels"] for file in self.folder.glob("readings/anna/drafts/[!.]*")]
        return sum(count for draft in runs for value, count in zip(draft[::2], draft[1::2]) if value == label)

    def test_a_stroke_that_is_not_ended_is_kept_too(self):
        server = self.serve("--reader", "anna")
        self.open_first(server)
        self.press("c", "3")
        before = self.drawn_pixels(3)
        canvas = self.chrome.find_element("id", "canvas")
        ActionChains(self.chrome, duration=0).move_to_element_with_offset(canvas, -150, 100).click_and_hold() \
            .move_by_offset(40, 5).perform()
        drawn = self.drawn_pixels(3)
        self.assertNotEqual(drawn, before)
        self.wait(lambda: self.pixels_in_draft(3) == drawn, "the draft")
        server.kill()
        ActionChains(self.chrome).release().perform()
        self.open_first(self.serve("--reader", "anna"))
        self.wait(lambda: "did not save" in self.text("message"), "the word about it")
        self.assertEqual(self.drawn_pixels(3), drawn)

    def test_a_key_pressed_twice_decides_once(self):
        self.open_first(self.serve("--reader", "anna"))
        self.press("a", "a")
        self.wait(lambda: self.text("place") == "2 of 2" and "," in self.text("title"), "the next study")
        self.press("a")
        self.wait_for_list()
        self.assertEqual(len(readings(self.folder)), 2)

    def test_another_threshold_is_only_looked_at(self):
        self.open_first(self.serve("--reader", "anna"))
        fdr = self.script("document.querySelector('#numbers tr:nth-child(3) td:nth-child(2)').textContent").split()[0]
        self.press("t")
        self.wait(lambda: not self.script("document.getElementById('threshold-panel').hidden"), "the methods")
        self.assertGreater(self.script("document.querySelectorAll('#methods option').length"), 3)
        self.assertIn(f"FDR {fdr} %", self.text("explored"))
        for number, key in enumerate("g>>"):
            said = self.text("explored")
            self.press(key)
            self.assertNotEqual(self.text("explored"), said, (number, key))
        self.assertIn("only looked at", self.text("explored"))
        self.press("a")
        self.wait_for_readings(1)
        row = exported(self.folder)[readings(self.folder)[0]["study_uid"]]
        self.assertEqual((row["fdr_pct"], row["fat_method"]), (fdr, "reference"))

    def test_borders_are_dragged_and_smoothed(self):
        self.open_first(self.serve("--reader", "anna"))
        areas = """(async () => {
            const drawing = await import('./drawing.js');
            const size = { rows: 100, columns: 100, row_mm: 1, col_mm: 1 };
            const square = new Uint8Array(10000);
            for (let r = 30; r < 60; ++r) square.fill(3, r * 100 + 30, r * 100 + 60);
            square[29 * 100 + 40] = 3;                      // A spike.
            for (let r = 30; r < 60; ++r) square.fill(4, r * 100 + 70, r * 100 + 80);
            const area = label => drawing.labels().filter(value => value === label).length;
            drawing.begin(square, size);
            const spike = () => drawing.labels()[29 * 100 + 40];
            drawing.smooth(3);
            const made = [spike(), area(3)];
            drawing.undo();
            made.push(spike());
            const tool = { kind: 'pull', label: 3, radius_mm: 4 };
            drawing.beginStroke();
            for (let x = 60; x <= 75; ++x) drawing.pull({ x: 60, y: 45 }, { x, y: 45 }, tool);
            made.push(drawing.endStroke(), area(3), area(4), drawing.labels()[45 * 100 + 68]);
            drawing.undo();
            made.push(area(3));
            drawing.beginStroke();
            drawing.pull({ x: 60, y: 45 }, { x: 64, y: 45 }, tool);
            drawing.endStroke();
            return [...made, drawing.labels()[45 * 100 + 62], drawing.labels()[31 * 100 + 60]];
        })()"""
        spike, smoothed, undone, moved, pulled, neighbor, at_pointer, back, near, far = self.script(areas)
        self.assertEqual((spike, undone, moved), (0, 3, True))
        self.assertTrue(890 <= smoothed <= 900, smoothed)
        self.assertTrue(950 < pulled < 1300, pulled)
        self.assertEqual((neighbor, at_pointer, back, near, far), (300, 3, 901, 3, 0))

    def test_a_finger_draws(self):
        self.open_first(self.serve("--reader", "anna"))
        self.press("c", "3")
        before = self.text("numbers")
        box = self.script("(b => [b.x, b.y, b.width, b.height])(document.getElementById('canvas').getBoundingClientRect())")
        x, y = box[0] + box[2] / 2 - 150, box[1] + box[3] / 2 + 100
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchMove", [{"x": x + 20, "y": y + 8}]), ("touchEnd", [])):
            self.chrome.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.wait(lambda: self.text("numbers") != before, "new numbers")

    def test_two_hundred_strokes_are_undone_and_done_again(self):
        self.open_first(self.serve("--reader", "anna"))
        self.press("c", "1")
        counts = """(async () => {
            const drawing = await import('./drawing.js');
            const tool = { kind: 'brush', label: 7, radius_mm: 3, wins: true };
            const before = drawing.labels().join('');
            for (let i = 0; i < 200; ++i) {
              drawing.beginStroke();
              drawing.drag({ x: 40 + i / 2, y: 60 }, { x: 60 + i / 2, y: 60 + i / 4 }, tool);
              drawing.endStroke();
            }
            const drawn = drawing.labels().join('');
            let undone = 0, redone = 0;
            while (drawing.undo()) ++undone;
            const back = drawing.labels().join('') === before;
            while (drawing.redo()) ++redone;
            return [undone, back, redone, drawing.labels().join('') === drawn];
        })()"""
        self.assertEqual(self.script(counts), [200, True, 200, True])

    def test_a_blind_reader_draws_everything(self):
        server = self.serve("--reader", "ben", "--blind")
        self.open_first(server)
        self.press("c", "1", "b")
        self.drag(-20, 120)
        self.wait(lambda: self.text("message") != "", "the muscles that are missing")
        self.assertEqual(self.script("document.getElementById('accept').disabled"), True)
        runs = server.json("/api/studies/0")["image"]["labels"]
        self.assertEqual(set(runs[::2]), {0})

    def test_a_killed_server_keeps_every_decision(self):
        server = self.serve("--reader", "anna")
        self.open_first(server)
        self.press("a")
        self.wait_for_readings(1)
        self.wait(lambda: self.text("place") == "2 of 2" and "," in self.text("title"), "the second")
        self.press("c")
        canvas = self.chrome.find_element("id", "canvas")
        ActionChains(self.chrome).move_to_element(canvas).click_and_hold().move_by_offset(30, 10).perform()
        server.kill()
        ActionChains(self.chrome).release().perform()
        self.drag(-150, 100)
        self.wait(lambda: "does not answer" in self.text("message"), "a word about it")
        self.assertEqual([reading["decision"] for reading in readings(self.folder)], ["accepted"])
        self.chrome.execute_script("onbeforeunload = null")
        again = self.serve("--reader", "anna")
        self.assertEqual(len(sum((study["readings"] for study in again.json("/api/studies")["studies"]), [])), 1)

    def test_two_tabs_and_two_readers_write_to_one_file(self):
        anna, ben = self.serve("--reader", "anna"), self.serve("--reader", "ben")
        for server in (anna, ben):
            self.open_first(server)
            self.chrome.switch_to.new_window("tab")
        tabs = self.chrome.window_handles
        for tab in tabs[:2]:
            self.chrome.switch_to.window(tab)
            self.press("a")
        self.wait_for_readings(2)
        for tab in tabs[1:]:
            self.chrome.switch_to.window(tab)
            self.chrome.close()
        self.chrome.switch_to.window(tabs[0])
        self.assertEqual(sorted(reading["reader"] for reading in readings(self.folder)), ["anna", "ben"])
        shown = anna.json("/api/studies")["studies"]
        self.assertEqual(sorted(len(study["readings"]) for study in shown), [0, 2])

    def test_names_and_notes_are_text(self):
        for file in record_files(self.folder):
            change_record(file, lambda record: record["measurement"].update(patient_id=EVIL))
        self.open_first(self.serve("--reader", "anna"))
        self.press("n")
        self.press(EVIL.replace("\n", ""))
        self.press(Keys.ESCAPE)
        self.press("a")
        self.wait(lambda: self.text("place") == "2 of 2", "the next study")
        self.press("k")
        self.wait(lambda: EVIL in self.text("readings"), "the note")
        self.press(Keys.ESCAPE)
        self.wait(lambda: EVIL in self.text("rows"), "the name")
        self.assertEqual(self.script("document.title"), "paraspinal review")
        self.assertEqual(self.script("document.querySelectorAll('#rows img, #rows script, #readings img').length"), 0)

    def test_questions_filter_the_list(self):
        self.open_list(self.serve("--reader", "anna"))
        for text, count in (("fdr > 30", 1), ("csa < 100", 2), ("sample-a", 1), ("nothing like it", 0), ("", 2)):
            self.script(f"(document.getElementById('search').value = {text!r}, "
                        "document.getElementById('search').dispatchEvent(new Event('input')))")
            self.assertTrue(self.text("shown").startswith(f"{count} of 2"), text)

    def test_ten_thousand_studies(self):
        multiply(self.folder, 10000, with_files=False)
        server = self.serve("--reader", "anna")
        start = time.monotonic()
        self.chrome.get(server.address)
        self.wait(lambda: self.script("document.querySelectorAll('#rows tr[data-index]').length") > 5, "rows")
        seconds = time.monotonic() - start
        print(f"10,000 studies: rows after {seconds:.2f} s, server {server.memory_mb():.0f} MB")
        self.assertLess(self.script("document.querySelectorAll('#rows tr').length"), 120)
        self.assertLess(server.memory_mb(), 150)
        self.press(Keys.PAGE_DOWN)
        self.assertIn("10000 shown", self.text("shown").replace(" of 10000", ""))

    def tearDown(self):
        # Whatever the page said no to would be here: a script, a style, a request to elsewhere.
        for line in self.chrome.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
