// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/redcap_files.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/output_file.h"
#include "io/tables/csv.h"
#include "io/tables/write_csv.h"
#include "pipeline/batch/export/column_dictionary.h"
#include "pipeline/batch/export/redcap_field.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

const RedcapField kRecordId{.name = "record_id",
                            .form = "paraspinal_mri",
                            .label = "Record: one examination",
                            .note = "Made from study UID and patient ID",
                            .is_identifier = true};

std::map<std::string, ColumnMeaning> known_columns() {
    std::map<std::string, ColumnMeaning> known;
    for (const ColumnMeaning& column : column_dictionary()) {
        if (column.table == "measurements.csv") {
            known.emplace(column.name, column);
        }
    }
    return known;
}

// Cells of each column that is not ours, by its place.
std::map<std::size_t, std::vector<std::string>> other_cells(
    const fs::path& table, const std::map<std::string, ColumnMeaning>& known) {
    CsvReader csv(table);
    std::map<std::size_t, std::vector<std::string>> cells;
    for (std::size_t i = 0; i < csv.columns().size(); ++i) {
        if (!known.contains(csv.columns()[i])) {
            cells[i];
        }
    }
    while (!cells.empty() && csv.next()) {
        for (auto& [place, column] : cells) {
            column.emplace_back(csv.cell(place));
        }
    }
    return cells;
}

std::vector<RedcapField> fields_of(const fs::path& table, const ColumnKinds& kinds) {
    const std::map<std::string, ColumnMeaning> known = known_columns();
    const auto others = other_cells(table, known);
    std::set<std::string> taken{kRecordId.name};
    for (const auto& [name, meaning] : known) {
        taken.insert(name);
    }
    const CsvReader csv(table);
    std::vector<RedcapField> fields;
    for (std::size_t i = 0; i < csv.columns().size(); ++i) {
        const std::string& header = csv.columns()[i];
        const auto found = known.find(header);
        const auto kind = kinds.find(header);
        fields.push_back(found != known.end()
                             ? redcap_field(found->second)
                             : redcap_field(header,
                                            kind == kinds.end() ? ColumnKind::text : kind->second,
                                            others.at(i),
                                            taken));
        taken.insert(fields.back().name);
    }
    return fields;
}

std::string dictionary_csv(const std::vector<RedcapField>& fields) {
    std::vector<std::vector<std::string>> rows{redcap_dictionary_row(kRecordId)};
    for (const RedcapField& field : fields) {
        rows.push_back(redcap_dictionary_row(field));
    }
    return csv_text(redcap_dictionary_columns(), rows);
}

std::string record_id(const CsvReader& csv) {
    constexpr std::size_t kDigits = 32;  // 128 bits, as the folders of studies.
    const std::string study(csv.cell(csv.required_column("study_uid")));
    const std::string patient(csv.cell(csv.required_column("patient_id")));
    return "study_" + sha256(study + "\n" + patient).substr(0, kDigits);
}

// Lines of cells that REDCap would refuse, by the name of their field.
using RefusedCells = std::map<std::string, std::vector<std::string>>;

std::string note_of(const std::string& field, const std::vector<std::string>& lines) {
    return "column " + field + ": REDCap would refuse what stands in line " + lines.front() +
           (lines.size() > 1 ? " and " + std::to_string(lines.size() - 1) + " more" : "") +
           "; left empty in redcap_import.csv";
}

RefusedCells write_import(const fs::path& file,
                          const fs::path& table,
                          const std::vector<RedcapField>& fields) {
    RefusedCells refused;
    write_file_in_parts(file, [&](const AppendText& append) {
        std::string line;
        const auto write_row = [&](const std::vector<std::string>& cells) {
            line.clear();
            append_csv_row(line, cells);
            append(line);
        };
        std::vector<std::string> cells{kRecordId.name};
        std::ranges::transform(fields, std::back_inserter(cells), &RedcapField::name);
        write_row(cells);
        CsvReader csv(table);
        std::set<std::string> records;
        while (csv.next()) {
            cells = {record_id(csv)};
            if (!records.insert(cells.front()).second) {
                throw Error(ErrorCode::duplicate_study,
                            "line " + std::to_string(csv.line()) +
                                " of the table is an examination and a patient that stand above "
                                "already; one would overwrite the other in REDCap");
            }
            for (std::size_t i = 0; i < fields.size(); ++i) {
                const std::optional<std::string> value = redcap_value(fields[i], csv.cell(i));
                if (!value) {
                    refused[fields[i].name].push_back(std::to_string(csv.line()));
                }
                cells.push_back(value.value_or(""));
            }
            write_row(cells);
        }
    });
    return refused;
}

}  // namespace

RedcapFiles write_redcap(const fs::path& table, const ColumnKinds& kinds, const fs::path& folder) {
    make_output_folder(folder);
    const std::vector<RedcapField> fields = fields_of(table, kinds);
    RedcapFiles files{
        .written = {folder / "redcap_data_dictionary.csv", folder / "redcap_import.csv"},
        .notes = {}};
    const RefusedCells refused = write_import(files.written[1], table, fields);
    write_file(files.written[0], dictionary_csv(fields));
    for (const auto& [field, lines] : refused) {
        files.notes.push_back(note_of(field, lines));
    }
    return files;
}

}  // namespace paraspinal
