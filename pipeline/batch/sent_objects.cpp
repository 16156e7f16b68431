// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/sent_objects.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/read_file.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// After the number of the result. The last one is never empty, which `split` would leave out.
constexpr std::array kFields{&EarlierObject::level,
                             &EarlierObject::frame_of_reference_uid,
                             &EarlierObject::software_version,
                             &EarlierObject::series_uid,
                             &EarlierObject::sop_class_uid,
                             &EarlierObject::sop_instance_uid,
                             &EarlierObject::name};

std::string line_of(const EarlierObject& object) {
    std::string line = std::to_string(object.result);
    for (const auto field : kFields) {
        line += "\t" + object.*field;
    }
    return line + "\n";
}

fs::path note_of(const fs::path& run, const std::string& study) {
    return run / "sent" / study;
}

// Those that can be read; nobody can refer to others.
std::vector<EarlierObject> read_objects(const std::vector<fs::path>& files) {
    std::vector<EarlierObject> objects;
    for (const fs::path& file : files) {
        const fs::path folder = file.parent_path();
        try {
            objects.push_back(read_earlier_object(file));
        } catch (const Error&) {
            continue;
        }
        // As write_further_outputs names the folders of further levels.
        if (folder.parent_path().filename() == "levels") {
            objects.back().level = folder.filename().string();
        }
    }
    return objects;
}

}  // namespace

std::vector<EarlierObject> sent_objects(const fs::path& run, const std::string& study) {
    std::vector<EarlierObject> objects;
    for (const std::string& line : split(read_file(note_of(run, study)).value_or(""), '\n')) {
        const std::vector<std::string> cells = split(line, '\t');
        if (cells.size() == kFields.size() + 1) {
            EarlierObject& object = objects.emplace_back();
            object.result = static_cast<int>(parse_integer(cells[0]).value_or(0));
            for (std::size_t i = 0; i < kFields.size(); ++i) {
                object.*kFields.at(i) = cells[i + 1];
            }
        }
    }
    return objects;
}

void note_sent(const fs::path& run, const std::string& study, const std::vector<fs::path>& files) {
    std::vector<EarlierObject> all = sent_objects(run, study);
    const int last = all.empty() ? 0 : all.back().result;
    std::vector<EarlierObject> sent = read_objects(files);
    const std::size_t known = std::erase_if(sent, [&](EarlierObject& object) {
        object.result = last;
        return std::ranges::find(all, object) != all.end();
    });
    // Else it is the last result, with objects that nobody had asked for before.
    const bool is_another =
        known == 0 || std::ranges::any_of(sent, [&](const EarlierObject& object) {
            return std::ranges::any_of(all, [&](const EarlierObject& other) {
                return other.result == last && other.level == object.level &&
                       other.name == object.name;
            });
        });
    for (EarlierObject& object : sent) {
        object.result = is_another ? last + 1 : last;
        all.push_back(std::move(object));
    }
    std::string text;
    std::ranges::for_each(all, [&text](const auto& object) { text += line_of(object); });
    make_output_folder(note_of(run, study).parent_path());
    write_file(note_of(run, study), text);
}

}  // namespace paraspinal
