# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Clinical tables as spreadsheet programs write them."""
import csv
import io

from answers import ran

HEADER = "patient_id,age_years,diabetes,albumin_g_l,csa_cm2,vb_cm2,fdr_pct"
ROW = "p1,72,yes,40.2,31.5,15.8,30.1"
PLAIN_TABLE = f"{HEADER}\n{ROW}\n"
TABLES = {"blank_rows": f"{PLAIN_TABLE},,,,,,\n,,,,,,\n".encode(),
          "sep_line": f"sep=;\r\n{PLAIN_TABLE}".replace(",", ";").encode(),
          "utf16_no_mark": PLAIN_TABLE.encode("utf-16-le"),
          "utf16_big_endian_no_mark": PLAIN_TABLE.encode("utf-16-be"),
          "utf16_marked": PLAIN_TABLE.encode("utf-16")}
REFUSED = {"title_row": f"Clinical data 2024,,,,,,\n{PLAIN_TABLE}".encode(),
           "no_predictor": b"patient_id,ward\np1,3\n",
           "no_id": b"age_years,diabetes\n72,yes\n65,no\n"}


def risks(program, file, content):
    file.write_bytes(content)
    done = ran(program, "risk", "--clinical", file, "--format", "csv")
    return done, list(csv.DictReader(io.StringIO(done.stdout)))


def check_tables(program, folder, complain):
    """One patient, one risk, however the table is written; a table without its columns is refused."""
    _, plain = risks(program, folder / "plain.csv", PLAIN_TABLE.encode())
    for name, content in TABLES.items():
        done, rows = risks(program, folder / f"{name}.csv", content)
        told = done.returncode != 0 and name.startswith("utf16") and "UTF-16" in done.stderr
        if not told and [(row["patient_id"], row["risk_pct"]) for row in rows] \
                != [("p1", plain[0]["risk_pct"])]:
            complain(f"table: {name}", [])
            print(done.stdout, done.stderr)
    for name, content in REFUSED.items():
        done, rows = risks(program, folder / f"{name}.csv", content)
        understood = name == "title_row" and [row["patient_id"] for row in rows] == ["p1"]
        if not understood and (done.returncode == 0 or rows):
            complain(f"table: {name}", [])
            print(done.stdout, done.stderr)
