// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/flag_table.h"

#include "core/error.h"
#include "core/near_miss.h"
#include "core/percent_encoding.h"
#include "core/text.h"
#include "io/read_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace paraspinal {
namespace {

using Json = nlohmann::json;

std::string key_of(const CommandFlag& flag) {
    return flag.name.substr(flag.name.find_first_not_of('-'));
}

void add(CLI::App& command, const CommandFlag& flag, bool* field) {
    command.add_flag(flag.name, *field, flag.about);
}

template <class Field>
void add(CLI::App& command, const CommandFlag& flag, Field* field) {
    CLI::Option* const option = command.add_option(flag.name, *field, flag.about);
    if (!flag.choices.empty()) {
        option->transform(CLI::IsMember(flag.choices, CLI::ignore_case));
        // Run before: "1" where "+1" is meant.
        option->transform(CLI::Validator(
            [choices = flag.choices](std::string& value) {
                if (std::ranges::count(choices, "+" + value) > 0) {
                    value.insert(0, 1, '+');
                }
                return std::string();
            },
            ""));
    }
    option->type_name(flag.value_name);
    if constexpr (std::is_same_v<Field, std::string>) {
        option->capture_default_str();
    }
}

// Arguments are bytes of any kind and JSON holds text, so texts go percent-encoded.
// Null: the field has no value.
Json json_of(bool value) {
    return value;
}
Json json_of(const std::string& value) {
    return percent_encoded(value);
}
Json json_of(const std::filesystem::path& value) {
    return value.empty() ? Json() : Json(percent_encoded(value.native()));
}
Json json_of(const std::optional<std::string>& value) {
    return value ? json_of(*value) : Json();
}
Json json_of(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

void read(const Json& json, bool& field) {
    field = json.get<bool>();
}
void read(const Json& json, std::optional<double>& field) {
    field = json.get<double>();
}
template <class Text>
void read(const Json& json, Text& field) {
    field = percent_decoded(json.get<std::string>()).value();
}

[[noreturn]] void refuse_setting(const std::string& name, const std::string& why) {
    throw CLI::ConfigError("--config: '" + name + "' " + why, CLI::ExitCodes::ConfigError);
}

void set(CLI::App& command, const CLI::ConfigItem& item) {
    const bool is_no_setting = item.name == "config" || item.name == "help";
    CLI::Option* option = is_no_setting ? nullptr : command.get_option_no_throw("--" + item.name);
    if (option == nullptr) {
        option = is_no_setting ? nullptr : command.get_option_no_throw(item.name);
    }
    if (option == nullptr) {
        std::vector<std::string> names;
        for (const CLI::Option* const one : command.get_options()) {
            names.push_back(one->get_single_name());
        }
        const std::optional<std::string> meant = near_miss(item.name, names);
        refuse_setting(item.name,
                       "is no option of '" + command.get_name() + "'" +
                           (meant ? "; did you mean '" + *meant + "'?" : ""));
    }
    if (!option->empty()) {
        return;  // Said on the command line.
    }
    if (option->get_expected_min() == 0) {
        const std::string value = joined(item.inputs, ",");
        if (value != "true" && value != "false") {
            refuse_setting(item.name, "is true or false, not '" + value + "'");
        }
        if (value == "false") {
            return;
        }
        option->add_result(value);
    } else if (option->get_expected_max() > 1) {
        option->add_result(item.inputs);
    } else {
        option->add_result(joined(item.inputs, ","));  // A list may be written as an array.
    }
    option->run_callback();
}

// CLI11 takes two lines of one name for a list. A name stands for a command at the top and in the
// section of that command.
void refuse_repeated(const std::string& text, const std::string& command) {
    std::set<std::string> seen;
    std::string section;
    for (const std::string& line : split(text, '\n')) {
        const std::string_view setting = trimmed(line);
        if (setting.starts_with('[')) {
            section = trimmed(setting.substr(1, setting.find(']') - 1));
        } else if (const std::size_t equals = setting.find('=');
                   !setting.starts_with('#') && equals != setting.npos &&
                   (section.empty() || section == command)) {
            const std::string name(trimmed(setting.substr(0, equals)));
            if (!seen.insert(name).second) {
                refuse_setting(name, "is set twice; delete one of the lines");
            }
        }
    }
}

void read_config_file(CLI::App& command, const std::string& file) {
    const std::optional<std::string> text = read_file(file);
    if (!text) {
        throw Error(ErrorCode::unreadable_file,
                    "cannot read '" + file + "' (--config); check the path and its permissions");
    }
    refuse_repeated(*text, command.get_name());
    std::istringstream stream(*text);
    // Sections open with "++" and close with "--".
    std::vector<CLI::ConfigItem> items = CLI::ConfigTOML().from_config(stream);
    std::erase_if(items, [](const auto& item) { return item.name == "++" || item.name == "--"; });
    for (const CLI::ConfigItem& item : items) {
        const std::string section = joined(item.parents, ".");
        if (!section.empty() && section != "measure" && section != "batch") {
            refuse_setting(section, "is no section; options stand below [measure] or [batch]");
        }
        if (!section.empty() && section != command.get_name()) {
            continue;
        }
        set(command, item);
    }
}

}  // namespace

void add_config_file(CLI::App& command) {
    command
        .add_option_function<std::string>(
            "--config",
            [&command](const std::string& file) { read_config_file(command, file); },
            "Options as lines of TOML (docs/batch.md)")
        ->type_name("FILE");
}

void add_flags(CLI::App& command, const std::vector<CommandFlag>& flags) {
    for (const CommandFlag& flag : flags) {
        std::visit([&](auto* field) { add(command, flag, field); }, flag.field);
    }
}

std::vector<CommandFlag> concatenated(const std::vector<std::vector<CommandFlag>>& tables) {
    std::vector<CommandFlag> all;
    for (const std::vector<CommandFlag>& table : tables) {
        all.insert(all.end(), table.begin(), table.end());
    }
    return all;
}

std::string flags_json(const std::vector<CommandFlag>& flags) {
    Json all = Json::object();
    for (const CommandFlag& flag : flags) {
        Json value = std::visit([](const auto* field) { return json_of(*field); }, flag.field);
        if (!value.is_null()) {
            all[key_of(flag)] = std::move(value);
        }
    }
    return all.dump();
}

void read_flags_json(std::string_view json, const std::vector<CommandFlag>& flags) {
    try {
        const Json all = Json::parse(json);
        for (const auto& item : all.items()) {
            const auto flag = std::ranges::find(flags, item.key(), key_of);
            if (flag == flags.end()) {
                throw Error(ErrorCode::usage, "there is no option '" + item.key() + "'");
            }
            std::visit([&item](auto* field) { read(item.value(), *field); }, flag->field);
        }
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::usage, std::string("these are no options: ") + error.what());
    } catch (const std::bad_optional_access&) {
        throw Error(ErrorCode::usage, "these are no options: a text is not percent-encoded");
    }
}

std::vector<std::filesystem::path> named_files(const std::vector<CommandFlag>& flags) {
    std::vector<std::filesystem::path> files;
    for (const CommandFlag& flag : flags) {
        if (const auto* const path = std::get_if<std::filesystem::path*>(&flag.field)) {
            if (!(*path)->empty()) {
                files.push_back(**path);
            }
        } else if (const auto* const text = std::get_if<std::string*>(&flag.field)) {
            if (!flag.built_in.empty() && !std::ranges::count(flag.built_in, **text)) {
                files.emplace_back(**text);
            }
        }
    }
    return files;
}

}  // namespace paraspinal
