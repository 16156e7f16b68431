// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/keep_correction.h"

#include "io/output_file.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/muscles_csv.h"

#include <string>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// The first number that nobody has: made by mkdir, which only one process can win.
fs::path new_folder(const fs::path& run, const std::string& reader) {
    const fs::path parent = fs::path("readings") / reader;
    make_output_folder(run / parent);
    for (int number = 1;; ++number) {
        const fs::path folder = parent / std::to_string(number);
        if (fs::create_directory(run / folder)) {
            return folder;
        }
    }
}

}  // namespace

std::vector<NamedCells> muscle_lines_of(const StudyReport& report) {
    std::vector<NamedCells> lines;
    for (std::vector<std::string>& row : muscle_rows(report)) {
        lines.push_back({.columns = muscle_columns(), .cells = std::move(row)});
    }
    return lines;
}

void keep_correction(const fs::path& run,
                     const OutputOptions& outputs,
                     StudyReport& report,
                     Reading& reading) {
    const OutputOptions kept{.csv = false,
                             .json = false,
                             .png = false,
                             .roi = true,
                             .seg = outputs.seg,
                             .sr = outputs.sr,
                             .software_version = reading.software_version,
                             .observer = outputs.pseudonyms ? "" : reading.reader,
                             .pseudonyms = outputs.pseudonyms,
                             .earlier = sent_objects(run, study_folder_name(report.study))};
    const fs::path folder = new_folder(run, reading.reader);
    const std::vector<fs::path> written = write_study_outputs(run / folder, report, kept);
    reading.outlines = (folder / written.front().parent_path().filename()).string();
    reading.muscles = muscle_lines_of(report);
}

}  // namespace paraspinal
