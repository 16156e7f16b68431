# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What the program answers, and what of it is right."""
import csv
import io
import subprocess

PLAIN = {}  # What the plain sample study gives; filled in by run.


def ran(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def measured(program, *arguments):
    done = ran(program, "measure", *arguments, "--format", "csv")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def batched(program, folder, out, *options):
    done = ran(program, "batch", folder, "-o", out, "-q", *options)
    rows = list(csv.DictReader(open(out / "measurements.csv", newline="")))
    skipped = list(csv.DictReader(open(out / "skipped_files.csv", newline="")))
    return rows, skipped, done.returncode


def is_plain(row, flags=()):
    """The numbers of the plain study within 0.1, and these flags."""
    near = all(row[name] and abs(float(row[name]) - value) < 0.1 for name, value in PLAIN.items())
    return near and set(flags) <= set(row["qc_flags"].split(";"))


def failed_with(row, *reasons):
    return row["status"] == "failed" and row["reason"] in reasons and row["message"]
