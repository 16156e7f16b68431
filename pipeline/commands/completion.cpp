// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/commands/commands.h"
#include "pipeline/report/write_outputs.h"

#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Packages bring it along. Else put what is printed into the file\n"
    "  bash: ~/.local/share/bash-completion/completions/paraspinal\n"
    "  fish: ~/.config/fish/completions/paraspinal.fish\n"
    "  zsh:  _paraspinal in a folder of $fpath";

// A command with the words that lead to it, each behind a blank: " model fit".
struct Place {
    std::string path;
    const CLI::App* command;
};

void add_places(const std::string& path, const CLI::App& command, std::vector<Place>& places) {
    places.push_back({path, &command});
    for (const CLI::App* const one : command.get_subcommands({})) {
        if (!one->get_group().empty()) {
            add_places(path + " " + one->get_name(), *one, places);
        }
    }
}

std::vector<const CLI::App*> commands_of(const Place& place) {
    return place.command->get_subcommands(
        [](const CLI::App* one) { return !one->get_group().empty(); });
}

std::vector<const CLI::Option*> options_of(const Place& place) {
    return place.command->get_options(
        [](const CLI::Option* one) { return one->nonpositional() && !one->get_positional(); });
}

std::vector<std::string> names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_lnames()) {
        names.push_back("--" + name);
    }
    for (const std::string& name : option.get_snames()) {
        names.push_back("-" + name);
    }
    return names;
}

bool takes_value(const CLI::Option& option) {
    return option.get_expected_min() > 0;
}

// As --help shows them: "NAME:{table,csv,json}".
std::vector<std::string> choices_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const std::size_t begin = type.find('{');
    const std::size_t end = type.find('}');
    return begin == std::string::npos || end == std::string::npos
               ? std::vector<std::string>{}
               : split(type.substr(begin + 1, end - begin - 1), ',');
}

// Names of which an option takes several, with commas between.
std::vector<std::string> listed_by(const CLI::Option& option) {
    return option.get_name() == "--write" ? output_names()
           : option.get_name() == "--levels"
               ? std::vector<std::string>{"L1", "L2", "L3", "L4", "L5"}
               : std::vector<std::string>{};
}

// `text` with `before` in front of each of `letters`.
std::string escaped(const std::string& text,
                    const std::string& letters,
                    const std::string& before) {
    std::string all;
    for (const char letter : text) {
        all += (letters.find(letter) != std::string::npos ? before : "") + letter;
    }
    return all;
}

// Shell patterns of all paths, for `case`.
std::string paths_text(const std::vector<Place>& places, const std::string& separator) {
    std::vector<std::string> paths;
    for (const Place& place : places) {
        if (!place.path.empty()) {
            paths.push_back("'" + place.path + "'");
        }
    }
    return joined(paths, separator);
}

std::string bash_text(const std::vector<Place>& places) {
    std::string values;
    std::string words;
    for (const Place& place : places) {
        std::vector<std::string> all;
        for (const CLI::App* const command : commands_of(place)) {
            all.push_back(command->get_name());
        }
        // Without options, names of files are completed.
        const std::string only = all.empty() ? "[[ $2 != -* ]] || " : "";
        for (const CLI::Option* const option : options_of(place)) {
            std::vector<std::string> names = names_of(*option);
            all.insert(all.end(), names.begin(), names.end());
            if (takes_value(*option)) {
                for (std::string& name : names) {
                    name = "'" + place.path + " " + name + "'";
                }
                values += "        " + joined(names, "|") + ") words='" +
                          joined(choices_of(*option), " ") + "' list='" +
                          joined(listed_by(*option), " ") + "' ;;\n";
            }
        }
        words +=
            "            '" + place.path + "') " + only + "words='" + joined(all, " ") + "' ;;\n";
    }
    return "_paraspinal() {\n    local place= word words= list= head=\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        case \"$place $word\" in " +
           paths_text(places, "|") +
           ") place=\"$place $word\" ;; esac\n    done\n    case \"$place $3\" in\n" + values +
           "        *) case \"$place\" in\n" + words +
           "        esac ;;\n    esac\n"
           "    [[ $2 != *,* ]] || head=${2%,*},\n"
           "    for word in $list; do words+=\" $head$word\"; done\n"
           "    [[ -z $list ]] || compopt -o nospace 2>/dev/null\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$2\"))\n}\n"
           "complete -o default -F _paraspinal paraspinal\n";
}

std::string zsh_text(const std::vector<Place>& places) {
    const auto quoted = [](const std::string& text) {
        std::string all;
        for (const char letter : escaped(text, "[]:\\", "\\")) {
            all += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
        }
        return all;
    };
    std::string text =
        "#compdef paraspinal\n_paraspinal() {\n    local place= word\n"
        "    for word in ${words[2,CURRENT-1]}; do\n"
        "        case \"$place $word\" in (" +
        paths_text(places, "|") +
        ") place=\"$place $word\" ;; esac\n    done\n    case $place in\n";
    for (const Place& place : places) {
        text += "    ('" + place.path + "')\n        local -a commands=(";
        for (const CLI::App* const command : commands_of(place)) {
            text += "\n            '" + command->get_name() + ":" +
                    quoted(command->get_description()) + "'";
        }
        text += ")\n        (( $#commands )) && _describe command commands\n        _arguments";
        for (const CLI::Option* const option : options_of(place)) {
            const std::vector<std::string> choices = choices_of(*option);
            const std::vector<std::string> list = listed_by(*option);
            const std::string value = !takes_value(*option) ? ""
                                      : !list.empty()
                                          ? ":value:_values -s , value " + joined(list, " ")
                                      : choices.empty() ? ":value:_files"
                                                        : ":value:(" + joined(choices, " ") + ")";
            for (const std::string& name : names_of(*option)) {
                text += " \\\n            '" + name + "[" + quoted(option->get_description()) +
                        "]" + value + "'";
            }
        }
        text += commands_of(place).empty() ? " \\\n            '*:file:_files' ;;\n" : " ;;\n";
    }
    return text + "    esac\n}\n_paraspinal \"$@\"\n";
}

std::string fish_text(const std::vector<Place>& places) {
    const auto quoted = [](const std::string& text) {
        return "'" + escaped(text, "'\\", "\\") + "'";
    };
    std::string text =
        "function __paraspinal_is_at\n    set -l place ''\n"
        "    for word in (commandline -opc)[2..-1]\n        switch \"$place $word\"\n"
        "            case " +
        paths_text(places, " ") +
        "\n                set place \"$place $word\"\n        end\n    end\n"
        "    test \"$place\" = \"$argv[1]\"\nend\n";
    for (const Place& place : places) {
        const std::string start =
            "complete -c paraspinal -n \"__paraspinal_is_at '" + place.path + "'\"";
        for (const CLI::App* const command : commands_of(place)) {
            text += start + " -f -a " + command->get_name() + " -d " +
                    quoted(command->get_description()) + "\n";
        }
        for (const CLI::Option* const option : options_of(place)) {
            text += start;
            for (const std::string& name : names_of(*option)) {
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            }
            const std::vector<std::string> choices = choices_of(*option);
            const std::vector<std::string> list = listed_by(*option);
            if (!list.empty()) {
                text += " -x -a '(__fish_append , " + joined(list, " ") + ")'";
            } else if (!choices.empty()) {
                text += " -x -a " + quoted(joined(choices, " "));
            } else if (takes_value(*option)) {
                text += " -r";
            }
            text += " -d " + quoted(option->get_description()) + "\n";
        }
    }
    return text;
}

}  // namespace

void add_completion(CLI::App& app, Run& run) {
    static const std::map<std::string, std::string (*)(const std::vector<Place>&)> writers{
        {"bash", bash_text}, {"fish", fish_text}, {"zsh", zsh_text}};
    const auto shell = std::make_shared<std::string>();
    CLI::App* const command =
        app.add_subcommand("completion", "What a shell needs to complete the command line");
    command->add_option("SHELL", *shell, "bash, fish or zsh")
        ->required()
        ->check(CLI::IsMember({"bash", "fish", "zsh"}))
        ->type_name("");
    command->footer(kFooter);
    command->final_callback([&app, shell, &run] {
        run = [&app, shell] {
            std::vector<Place> places;
            add_places("", app, places);
            std::cout << writers.at(*shell)(places);
            return 0;
        };
    });
}

}  // namespace paraspinal
