// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "io/tables/xlsx_parts_internal.h"
#include "io/tables/zip_archive.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kMostPartBytes = std::size_t{32} << 20U;
constexpr int kMostParts = 4096;

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::malformed_file, what);
}

// Some programs write a prefix before every name: <x:sheet>.
std::string_view local(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_called(const pugi::xml_node& node, std::string_view name) {
    return local(node.name()) == name;
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
    return parent.find_child([&](const pugi::xml_node& node) { return is_called(node, name); });
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
    return node
        .find_attribute([&](const pugi::xml_attribute& one) { return local(one.name()) == name; })
        .value();
}

std::size_t whole(const std::string& text) {
    const auto number = parse_integer(text);
    return number && *number > 0 ? static_cast<std::size_t>(*number) : 0;
}

// pugixml knows the five entities of XML and no other, and leaves document types alone.
pugi::xml_node root_of(pugi::xml_document& document, const std::string& xml, const char* name) {
    const pugi::xml_parse_result result =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    const pugi::xml_node root = child(document, name);
    if (!result || !root) {
        refuse(std::string("its part '") + name + "' is damaged");
    }
    return root;
}

// The text of <si> or <is>: of its runs, without the reading aids of Japanese.
std::string rich_text(const pugi::xml_node& item) {
    std::string text;
    for (const pugi::xml_node& node : item.children()) {
        if (is_called(node, "t")) {
            text += node.text().get();
        } else if (is_called(node, "r")) {
            text += child(node, "t").text().get();
        }
    }
    return text;
}

using Parts = std::map<std::string, std::string>;

Parts parts_of(const std::filesystem::path& file, const std::vector<std::string>& names) {
    Parts parts;
    for (ZipEntry& entry : read_zip(file,
                                    {.entries = kMostParts, .entry_bytes = kMostPartBytes},
                                    [&](std::string_view name) {
                                        return std::ranges::find(names, name) != names.end();
                                    })) {
        parts.insert_or_assign(entry.name, std::move(entry.content));
    }
    return parts;
}

// A document of Office before 2007, and what Office makes of an encrypted one.
void refuse_other_files(const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        throw Error(ErrorCode::input_not_found, "there is no file " + file.string());
    }
    std::ifstream stream(file, std::ios::binary);
    std::string start(4, '\0');
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    if (start == "\xD0\xCF\x11\xE0") {
        refuse("the file is an .xls, or is protected by a password; save it as .xlsx without one");
    }
    if (!start.starts_with("PK")) {
        refuse("the file is no .xlsx; save it as .xlsx or .csv");
    }
}

struct SheetEntry {
    std::string name;
    std::string relation;
    bool is_hidden = false;
};

std::vector<SheetEntry> sheets_of(const pugi::xml_node& workbook) {
    std::vector<SheetEntry> sheets;
    for (const pugi::xml_node& node : child(workbook, "sheets").children()) {
        if (is_called(node, "sheet")) {
            const std::string state = attribute(node, "state");
            sheets.push_back({.name = attribute(node, "name"),
                              .relation = node.attribute("r:id").value(),
                              .is_hidden = state == "hidden" || state == "veryHidden"});
            if (sheets.back().relation.empty()) {
                sheets.back().relation = attribute(node, "id");
            }
        }
    }
    return sheets;
}

const SheetEntry& chosen_sheet(const std::vector<SheetEntry>& sheets, std::string_view wanted) {
    if (wanted.empty()) {
        const auto shown = std::ranges::find(sheets, false, &SheetEntry::is_hidden);
        if (shown == sheets.end()) {
            refuse("the workbook has no sheet that is not hidden");
        }
        return *shown;
    }
    std::string names;
    for (const SheetEntry& sheet : sheets) {
        if (lower_case(sheet.name) == lower_case(wanted)) {
            return sheet;
        }
        names += (names.empty() ? "'" : ", '") + sheet.name + "'";
    }
    const auto place = parse_integer(wanted);
    if (place && *place >= 1 && static_cast<std::size_t>(*place) <= sheets.size()) {
        return sheets[static_cast<std::size_t>(*place) - 1];
    }
    throw Error(ErrorCode::usage,
                "the workbook has no sheet '" + std::string(wanted) + "'; it has " + names);
}

std::string path_of_relation(const std::string& xml, const std::string& id) {
    pugi::xml_document document;
    for (const pugi::xml_node& node : root_of(document, xml, "Relationships").children()) {
        if (attribute(node, "Id") == id) {
            const std::string target = attribute(node, "Target");
            return target.starts_with('/') ? target.substr(1) : "xl/" + target;
        }
    }
    refuse("its sheet is not in the file");
}

std::vector<std::string> shared_texts(const std::string& xml) {
    std::vector<std::string> texts;
    if (!xml.empty()) {
        pugi::xml_document document;
        for (const pugi::xml_node& item : root_of(document, xml, "sst").children()) {
            if (is_called(item, "si")) {
                texts.push_back(rich_text(item));
            }
        }
    }
    return texts;
}

std::vector<XlsxFormat> formats_of(const std::string& xml) {
    std::vector<XlsxFormat> formats;
    if (xml.empty()) {
        return formats;
    }
    pugi::xml_document document;
    const pugi::xml_node sheet = root_of(document, xml, "styleSheet");
    std::map<std::string, std::string> codes;
    for (const pugi::xml_node& node : child(sheet, "numFmts").children()) {
        codes.emplace(attribute(node, "numFmtId"), attribute(node, "formatCode"));
    }
    for (const pugi::xml_node& node : child(sheet, "cellXfs").children()) {
        if (!is_called(node, "xf")) {
            continue;
        }
        const std::string id = attribute(node, "numFmtId");
        const auto code = codes.find(id);
        formats.push_back(
            code == codes.end()
                ? XlsxFormat{.kind = kind_of_built_in_format(static_cast<int>(whole(id)))}
                : XlsxFormat{.kind = kind_of_format(code->second), .digits = code->second.size()});
    }
    return formats;
}

XlsxCell cell_of(const pugi::xml_node& node) {
    XlsxCell cell{.address = attribute(node, "r"),
                  .type = attribute(node, "t"),
                  .value = child(node, "v").text().get(),
                  .style = whole(attribute(node, "s")),
                  .has_formula = static_cast<bool>(child(node, "f"))};
    if (cell.type == "inlineStr") {
        cell.value = rich_text(child(node, "is"));
    }
    return cell;
}

}  // namespace

XlsxBook open_xlsx(const std::filesystem::path& file, std::string_view sheet) {
    refuse_other_files(file);
    const std::string workbook_name = "xl/workbook.xml";
    const std::string relations_name = "xl/_rels/workbook.xml.rels";
    const Parts head = parts_of(file, {workbook_name, relations_name});
    if (head.size() != 2) {
        refuse("the file is a .zip without a workbook; save it as .xlsx");
    }
    pugi::xml_document document;
    const pugi::xml_node workbook = root_of(document, head.at(workbook_name), "workbook");
    const std::string date_system = attribute(child(workbook, "workbookPr"), "date1904");
    const std::string sheet_name = path_of_relation(
        head.at(relations_name), chosen_sheet(sheets_of(workbook), sheet).relation);
    Parts parts = parts_of(file, {sheet_name, "xl/sharedStrings.xml", "xl/styles.xml"});
    if (!parts.contains(sheet_name)) {
        refuse("its sheet is not in the file");
    }
    return {.shared = shared_texts(parts["xl/sharedStrings.xml"]),
            .formats = formats_of(parts["xl/styles.xml"]),
            .from_1904 = date_system == "1" || date_system == "true",
            .sheet_xml = std::move(parts.at(sheet_name))};
}

void for_each_xlsx_row(const XlsxBook& book, const std::function<void(const XlsxRow&)>& visit) {
    pugi::xml_document document;
    std::size_t number = 0;
    for (const pugi::xml_node& node :
         child(root_of(document, book.sheet_xml, "worksheet"), "sheetData").children()) {
        if (!is_called(node, "row")) {
            continue;
        }
        const std::string stated = attribute(node, "r");
        number = stated.empty() ? number + 1 : whole(stated);
        XlsxRow row{.number = number};
        for (const pugi::xml_node& one : node.children()) {
            if (is_called(one, "c")) {
                row.cells.push_back(cell_of(one));
            }
        }
        visit(row);
    }
}

}  // namespace paraspinal
