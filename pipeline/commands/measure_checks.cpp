// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/measure_checks.h"

#include "core/error.h"
#include "io/nifti/scan.h"

#include <string>

namespace paraspinal {

void require_one_slice(const AnalyzeOptions& analyze, std::size_t studies) {
    if (!analyze.levels.empty() || analyze.every_slice) {
        throw Error(ErrorCode::usage,
                    "--outlines belongs to one slice; leave it out, or --levels and --every-slice");
    }
    if (studies > 1) {
        throw Error(ErrorCode::usage,
                    "--outlines belongs to one study and the input holds " +
                        std::to_string(studies) + "; give the folder of that study");
    }
}

void require_dicom(const std::vector<Study>& studies) {
    for (const Study& study : studies) {
        for (const Series& series : study.series) {
            for (const SliceHeader& slice : series.slices) {
                if (has_nifti_name(slice.file)) {
                    throw Error(
                        ErrorCode::usage,
                        "a DICOM object needs a DICOM source, for its patient and study, "
                        "and '" +
                            slice.file.string() +
                            "' is NIfTI; leave seg, sr and sc out of --write, or name DICOM files");
                }
            }
        }
    }
}

void require_no_batch(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder / "ledger.sqlite")) {
        throw Error(ErrorCode::usage,
                    "'" + folder.string() +
                        "' is the folder of a batch, whose tables 'measure' would replace by those "
                        "of this call; correct outlines with 'paraspinal review', or choose "
                        "another --output");
    }
}

}  // namespace paraspinal
