// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/directory.h"

#include "core/text.h"
#include "io/dicom/elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <system_error>

namespace paraspinal::dicom {
namespace {

// Linux shows the upper-case names of a CD in lower case.
bool exists_in_any_spelling(const std::filesystem::path& folder,
                            const std::filesystem::path& name) {
    std::error_code ignored;
    return std::filesystem::exists(folder / name, ignored) ||
           std::filesystem::exists(folder / lower_case(name.string()), ignored);
}

}  // namespace

std::vector<SkippedFile> missing_files_of_directory(DcmItem& dataset,
                                                    const std::filesystem::path& dicomdir) {
    std::vector<SkippedFile> missing;
    for (DcmItem* const record : items(dataset, DCM_DirectoryRecordSequence)) {
        std::filesystem::path name;
        for (const std::string& part : texts(*record, DCM_ReferencedFileID)) {
            name /= part;
        }
        if (name.empty() || exists_in_any_spelling(dicomdir.parent_path(), name)) {
            continue;
        }
        missing.push_back({.file = dicomdir.parent_path() / name,
                           .code = ErrorCode::input_not_found,
                           .reason = "named in the DICOMDIR but absent",
                           .study_uid = {}});
    }
    return missing;
}

}  // namespace paraspinal::dicom
