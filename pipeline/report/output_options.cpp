// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/output_options.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

/// A name of `--write`.
struct OutputName {
    std::string_view name;
    bool OutputOptions::*is_chosen;
};

constexpr std::array kOutputNames{OutputName{"csv", &OutputOptions::csv},
                                  OutputName{"json", &OutputOptions::json},
                                  OutputName{"png", &OutputOptions::png},
                                  OutputName{"nifti", &OutputOptions::nifti},
                                  OutputName{"roi", &OutputOptions::roi},
                                  OutputName{"seg", &OutputOptions::seg},
                                  OutputName{"sr", &OutputOptions::sr},
                                  OutputName{"sc", &OutputOptions::sc},
                                  OutputName{"notice", &OutputOptions::notice},
                                  OutputName{"html", &OutputOptions::html}};

void choose(OutputOptions& options, const std::string& name) {
    const auto found = std::ranges::find(kOutputNames, name, &OutputName::name);
    if (found == kOutputNames.end()) {
        throw Error(ErrorCode::usage,
                    "cannot write '" + name + "': no output has this name; choose from " +
                        joined(output_names(), ", "));
    }
    options.*(found->is_chosen) = true;
}

}  // namespace

bool has_dicom_object(const OutputOptions& options) {
    return options.seg || options.sr || options.sc;
}

std::vector<std::string> output_names() {
    std::vector<std::string> names;
    for (const OutputName& known : kOutputNames) {
        names.emplace_back(known.name);
    }
    return names;
}

OutputOptions output_options(std::string_view list, const std::string& software_version) {
    OutputOptions options{.software_version = software_version};
    for (const OutputName& known : kOutputNames) {
        options.*(known.is_chosen) = false;
    }
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(',', start), list.size());
        choose(options, lower_case(trimmed(list.substr(start, end - start))));
        start = end + 1;
    }
    options.seg = options.seg || options.sr;
    options.csv = options.csv || options.html;
    return options;
}

}  // namespace paraspinal
