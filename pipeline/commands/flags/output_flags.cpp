// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/output_flags.h"

#include "core/error.h"
#include "io/pseudonyms.h"
#include "pipeline/study/version.h"

namespace paraspinal {

std::vector<CommandFlag> output_flags(OutputFlags& flags) {
    return {{.name = "--write",
             .field = &flags.list,
             .about = "Which files to write",
             .value_name = "LIST"},
            {.name = "--deidentify",
             .field = &flags.deidentify_key,
             .about = "Hide who it is in seg, sr and sc (key)",
             .value_name = "KEYFILE"}};
}

OutputOptions output_options(const OutputFlags& flags) {
    OutputOptions options = output_options(flags.list, std::string(software_version()));
    if (!flags.deidentify_key.empty()) {
        if (!has_dicom_object(options) && !options.notice) {
            throw Error(ErrorCode::usage,
                        "--deidentify is about DICOM objects; add seg, sr or sc to --write. Tables "
                        "get pseudonyms from 'paraspinal export --pseudonymize'");
        }
        options.pseudonyms = read_pseudonyms(flags.deidentify_key, DateRule::drop);
    }
    return options;
}

}  // namespace paraspinal
