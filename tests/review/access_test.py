#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What strangers get from the server of `review`: nothing. Usage: access_test.py PROGRAM [Class.test]"""
import json
import sys
import tempfile
import unittest
from pathlib import Path

from run_under_review import Server, change_record, measure_samples, readings, record_files

SECRET = "a file beside the run"


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parent = tempfile.TemporaryDirectory()
        cls.folder = measure_samples(Path(cls.parent.name) / "run")
        (Path(cls.parent.name) / "secret.txt").write_text(SECRET)
        cls.server = Server(cls.folder, "--reader", "anna")

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()
        cls.parent.cleanup()

    def ask(self, *arguments, **headers):
        return self.server.ask(*arguments, **headers)

    def test_needs_the_token(self):
        for cookie in (None, "", f"paraspinal_{self.server.port}=", f"paraspinal_{self.server.port}={'0' * 64}"):
            for path in ("/", "/app.js", "/api/studies", "/api/studies/0/image"):
                status, _, body = self.ask(path, Cookie=cookie)
                self.assertEqual(status, 403, (cookie, path))
                self.assertNotIn(b"sample", body)
        self.assertEqual(self.ask("/?token=" + "0" * 64, Cookie=None)[0], 403)
        self.assertEqual(self.ask("/?token=", Cookie=None)[0], 403)

    def test_changes_the_token_for_a_cookie_that_scripts_and_other_sites_do_not_get(self):
        status, headers, _ = self.ask("/?token=" + self.server.token, Cookie=None)
        self.assertEqual((status, headers["Location"]), (303, "/"))
        self.assertIn("HttpOnly", headers["Set-Cookie"])
        self.assertIn("SameSite=Strict", headers["Set-Cookie"])

    def test_answers_to_no_other_name(self):
        for host in ("evil.example", f"evil.example:{self.server.port}", "127.0.0.1", "127.0.0.1:1"):
            self.assertEqual(self.ask("/api/studies", Host=host)[0], 403, host)
            self.assertEqual(self.ask("/?token=" + self.server.token, Host=host, Cookie=None)[0], 403, host)

    def test_takes_nothing_from_other_sites(self):
        for origin in (None, "null", "http://evil.example", "http://127.0.0.1:1"):
            status, _, _ = self.ask("/api/studies/0/readings", "POST", {"decision": "accepted"}, Origin=origin)
            self.assertEqual(status, 403, origin)
        self.assertEqual(self.ask("/api/studies", Sec_Fetch_Site="cross-site")[0], 403)
        self.assertEqual(readings(self.folder), [])

    def test_serves_no_other_file(self):
        study = record_files(self.folder)[0].parent.name
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/measurements.csv",
                     "/ledger.sqlite", f"/{study}/overlay.png", "/api/studies/0/../../../secret.txt",
                     "/api/studies/0/record.json", "/api/studies/0/..%2f..%2fsecret.txt/overlay.png",
                     "/api/studies/99/overlay.png", "/api/studies/-1", "/api/studies/0/readings/0/labels",
                     "/etc/passwd", "//etc/passwd"):
            status, _, body = self.ask(path)
            self.assertEqual(status, 404, path)
            self.assertNotIn(SECRET.encode(), body, path)

    def test_shows_the_pictures_of_the_run_and_no_other(self):
        for file in record_files(self.folder):
            for name in ("profile.png", "vertebrae.png", "norms.svg", "secret.png"):
                (file.parent / name).write_text(name)
        names = ["overlay.png", "level.png", "fat.png", "profile.png", "vertebrae.png", "norms.svg"]
        self.assertEqual(self.server.json("/api/studies/0")["pictures"], names)
        for name, kind in (("profile.png", "image/png"), ("norms.svg", "image/svg+xml")):
            status, headers, body = self.ask(f"/api/studies/0/{name}")
            self.assertEqual((status, headers["Content-Type"], body), (200, kind, name.encode()))
        self.assertEqual(self.ask("/api/studies/0/secret.png")[0], 404)

    def test_says_what_a_page_may_do(self):
        for path in ("/", "/app.js", "/api/studies", "/nothing"):
            _, headers, _ = self.ask(path)
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"], path)
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Cache-Control"], "no-store")

    def test_refuses_what_is_no_request(self):
        for body in (b"", b"{", b"[]", b"[" * 100000, {"decision": "x"}, {"decision": "rejected"},
                     {"decision": "rejected", "reason": "../x"}, {"decision": "corrected", "labels": [0, 1]},
                     {"decision": "corrected", "labels": "x"}, {"decision": "accepted", "note": "x" * 5000},
                     {"decision": "accepted", "seen": {"csa_cm2": "0"}}):
            status, _, _ = self.ask("/api/studies/0/readings", "POST", body)
            self.assertEqual(status, 409, body)
        self.assertEqual(readings(self.folder), [])

    def test_drafts_and_slices_are_asked_for_as_all_else(self):
        labels = self.server.json("/api/studies/0")["image"]["labels"]
        draft = {"labels": labels, "image": "1.2", "decisions": 0}
        for headers in ({"Origin": None}, {"Origin": "http://evil.example"}, {"Cookie": None}, {"Host": "evil.example"}):
            self.assertEqual(self.ask("/api/studies/0/draft", "POST", draft, **headers)[0], 403, headers)
        for headers in ({"Cookie": None}, {"Host": "evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
            for path in ("slices", "slice?slice=1.2", "even"):
                self.assertEqual(self.ask(f"/api/studies/0/{path}", **headers)[0], 403, (path, headers))
        for body in (draft | {"labels": [0, 1]}, draft | {"labels": "x"}, {"labels": labels, "decisions": 0},
                     draft | {"decisions": 1}, draft | {"decisions": -1}, {"labels": labels, "image": ""}, b"[", b"[]"):
            self.assertEqual(self.ask("/api/studies/0/draft", "POST", body)[0], 409, body)
        for path in ("slice?slice=../../../secret.txt", "slice?offset=2", "slice?offset=x", "slice?slice=1.2",
                     "slices?offset=-2", "image?slice=%2e%2e%2fsecret.txt"):
            status, _, body = self.ask(f"/api/studies/0/{path}")
            self.assertIn(status, (404, 409), path)
            self.assertNotIn(SECRET.encode(), body)
        self.assertEqual(list(Path(self.folder).glob("readings/*")), [])
        self.server.json("/api/studies/0/draft", "POST", draft)
        self.assertEqual(self.server.json("/api/studies/0")["draft"]["labels"], labels)
        (file,) = Path(self.folder).glob("readings/anna/drafts/*")
        file.write_text('{"labels": ')
        self.assertIsNone(self.server.json("/api/studies/0")["draft"])
        self.server.json("/api/studies/0/draft", "POST", {"decisions": 0})
        self.assertFalse(file.exists())
        self.assertIsNone(self.server.json("/api/studies/0")["draft"])

    def test_a_draft_that_comes_after_the_decision_stays_out(self):
        with tempfile.TemporaryDirectory() as parent:
            folder = measure_samples(Path(parent) / "run")
            with Server(folder, "--reader", "anna") as server:
                study = server.json("/api/studies/0")
                draft = {"labels": study["image"]["labels"], "image": "1.2", "decisions": study["decisions"]}
                server.json("/api/studies/0/draft", "POST", draft)
                (file,) = folder.glob("readings/anna/drafts/*")
                written = file.read_bytes()
                decided = server.json("/api/studies/0/readings", "POST", {"decision": "accepted", "seen": study["seen"]})
                self.assertFalse(file.exists())
                status, _, body = server.ask("/api/studies/0/draft", "POST", draft)
                self.assertEqual(status, 409)
                self.assertIn(b"you decided about this study meanwhile", body)
                self.assertFalse(file.exists())
                file.write_bytes(written)  # As if a power cut had come between the decision and its end.
                self.assertIsNone(server.json("/api/studies/0")["draft"])
                self.assertEqual((study["decisions"], decided["decisions"]), (0, 1))
                server.json("/api/studies/0/draft", "POST", draft | {"decisions": 1})
                self.assertIsNotNone(server.json("/api/studies/0")["draft"])
            with Server(folder, "--reader", "anna") as server:
                self.assertIsNotNone(server.json("/api/studies/0")["draft"])

    def test_takes_no_reading_when_read_only(self):
        with Server(self.folder, "--read-only") as server:
            seen = server.json("/api/studies/0")["seen"]
            status, _, body = server.ask("/api/studies/0/readings", "POST", {"decision": "accepted", "seen": seen})
            self.assertEqual(status, 409)
            self.assertIn(b"read-only", body)
            self.assertEqual(server.ask("/api/studies/0/draft", "POST", {"decisions": 0})[0], 409)
        self.assertEqual(readings(self.folder), [])

    def test_tells_a_blind_reader_nothing_of_the_result(self):
        with tempfile.TemporaryDirectory() as parent:
            folder = measure_samples(Path(parent) / "run")
            numbers = [json.loads(file.read_text())["measurement"] for file in record_files(folder)]
            with Server(folder, "--reader", "ben", "--blind") as server:
                for place in range(2):
                    answer = server.json(f"/api/studies/{place}")
                    self.assertEqual(set(answer["image"]["labels"][::2]), {0}, "outlines")
                    self.assertEqual(answer["flags"], [])
                    self.assertEqual(answer["pictures"], [])
                    self.assertEqual(server.ask(f"/api/studies/{place}/overlay.png")[0], 404)
                choices = server.json("/api/studies/0/slices")
                self.assertEqual(choices["vertebrae"], [])
                self.assertEqual({slice["offset_mm"] for slice in choices["axial"]}, {None})
                other = server.json(f"/api/studies/0/slice?slice={choices['axial'][0]['slice']}")
                self.assertEqual(set(other["image"]["labels"][::2]), {0})
                self.assertEqual((other["measurement"]["csa_cm2"], other["flags"]), ("", []))
                said = server.ask("/api/studies")[2].decode() + "".join(
                    server.ask(f"/api/studies/{place}")[2].decode() for place in range(2))
                for study in numbers:
                    for column in ("csa_cm2", "fdr_pct", "vb_cm2", "mf_left_csa_cm2", "csa_low_cm2"):
                        self.assertNotIn(study[column], said, column)
                status, _, _ = server.ask("/api/studies/0/readings", "POST", {"decision": "accepted"})
                self.assertEqual(status, 409)

    def test_notices_a_study_that_was_measured_again(self):
        with tempfile.TemporaryDirectory() as parent:
            folder = measure_samples(Path(parent) / "run")
            with Server(folder, "--reader", "anna") as server:
                seen = server.json("/api/studies/0")["seen"]
                for file in record_files(folder):
                    change_record(file, lambda record: record["measurement"].update(csa_cm2="1.000"))
                status, _, body = server.ask("/api/studies/0/readings", "POST", {"decision": "accepted", "seen": seen})
                self.assertEqual(status, 409)
                self.assertIn(b"measured again", body)
        self.assertEqual(readings(folder), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
