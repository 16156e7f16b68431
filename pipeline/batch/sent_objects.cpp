// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/sent_objects.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom_write/objects_after.h"
#include "io/output_file.h"
#include "io/read_file.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

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

bool is_among(const std::vector<EarlierObject>& objects, const std::string& uid) {
    return std::ranges::find(objects, uid, &EarlierObject::sop_instance_uid) != objects.end();
}

// As write_further_outputs names the folders of further levels.
std::string level_of(const fs::path& file) {
    const fs::path folder = file.parent_path();
    return folder.parent_path().filename() == "levels" ? folder.filename().string() : "";
}

// Those that can be read; nobody can refer to others.
std::vector<EarlierObject> read_objects(const std::vector<fs::path>& files) {
    std::vector<EarlierObject> objects;
    for (const fs::path& file : files) {
        try {
            objects.push_back(read_earlier_object(file));
        } catch (const Error&) {
            continue;
        }
        objects.back().level = level_of(file);
    }
    return objects;
}

}  // namespace

std::vector<fs::path> objects_in(const fs::path& folder) {
    std::vector<fs::path> objects;
    for (const char* name : {"seg.dcm", "sr.dcm", "sc.dcm", "sc_level.dcm", "notice.dcm"}) {
        if (fs::exists(folder / name)) {
            objects.push_back(folder / name);
        }
    }
    return objects;
}

bool has_pseudonyms(const fs::path& folder) {
    return std::ranges::any_of(objects_in(folder), hides_names);
}

std::vector<EarlierObject> sent_objects(const fs::path& run, const std::string& study) {
    std::vector<EarlierObject> objects;
    for (const std::string& line : split(read_file(note_of(run, study)).value_or(""), '\n')) {
        const std::vector<std::string> cells = split(line, '\t');
        if (cells.size() == kFields.size() + 1) {
            EarlierObject object;
            object.result = static_cast<int>(parse_integer(cells[0]).value_or(0));
            for (std::size_t i = 0; i < kFields.size(); ++i) {
                object.*kFields.at(i) = cells[i + 1];
            }
            // Earlier versions noted an object again when a correction was taken back.
            if (!is_among(objects, object.sop_instance_uid)) {
                objects.push_back(std::move(object));
            }
        }
    }
    return objects;
}

std::vector<fs::path> sendable_objects(const fs::path& run,
                                       const std::string& study,
                                       const std::vector<fs::path>& files,
                                       const fs::path& folder) {
    const std::vector<EarlierObject> all = sent_objects(run, study);
    std::vector<fs::path> sendable;
    for (auto first = files.begin(); first != files.end();) {
        const std::string level = level_of(*first);
        const auto end = std::find_if(
            first, files.end(), [&level](const fs::path& file) { return level_of(file) != level; });
        std::vector<EarlierObject> earlier;
        std::ranges::copy_if(all, std::back_inserter(earlier), [&level](const auto& object) {
            return object.level == level;
        });
        std::ranges::copy(
            objects_after(
                earlier, {first, end}, level.empty() ? folder : folder / "levels" / level),
            std::back_inserter(sendable));
        first = end;
    }
    return sendable;
}

void note_sent(const fs::path& run, const std::string& study, const std::vector<fs::path>& files) {
    std::vector<EarlierObject> all = sent_objects(run, study);
    const int last = all.empty() ? 0 : all.back().result;
    std::vector<EarlierObject> sent = read_objects(files);
    const std::size_t known = std::erase_if(sent, [&all](const EarlierObject& object) {
        return is_among(all, object.sop_instance_uid);
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
    note_sent_objects(run, study, all);
}

void note_sent_objects(const fs::path& run,
                       const std::string& study,
                       const std::vector<EarlierObject>& objects) {
    std::string text;
    std::ranges::for_each(objects, [&text](const auto& object) { text += line_of(object); });
    make_output_folder(note_of(run, study).parent_path());
    write_file(note_of(run, study), text);
}

}  // namespace paraspinal
