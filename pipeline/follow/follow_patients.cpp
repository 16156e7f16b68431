// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_patients.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 9> kFateNames{"compared",
                                                     "single",
                                                     "failed",
                                                     "patient_contradiction",
                                                     "measured_differently",
                                                     "patients_differ",
                                                     "no_patient_id",
                                                     "no_study_date",
                                                     "not_named"};

// Why an examination cannot be compared, whatever others there are; compared where nothing forbids.
Fate own_fate(const Examination& one) {
    const bool is_contradicted = names_flag(one.row.get("qc_flags"), Flag::patient_contradiction);
    return !is_measured(one.row)     ? Fate::failed
           : is_contradicted         ? Fate::patient_contradiction
           : patient_of(one).empty() ? Fate::no_patient_id
           : one.date.empty()        ? Fate::no_study_date
                                     : Fate::compared;
}

// What stands in the tables under one study UID.
struct SharedStudy {
    int count = 0;
    std::set<std::string> patients;
    std::set<std::string> dates;
    std::set<std::string> runs;  // Those that measured it.
};

// Nobody knows whose a study is that stands in the tables under two people, or which of two
// measurements counts.
void part_shared_studies(FollowUp& result) {
    std::map<std::string, SharedStudy> studies;
    for (const Examination& one : result.examinations) {
        SharedStudy& study = studies[one.row.get("study_uid")];
        ++study.count;
        study.patients.insert(patient_of(one));
        if (!one.date.empty()) {
            study.dates.insert(one.date);
        }
        if (is_measured(one.row)) {
            study.runs.insert(one.run.string());
        }
    }
    std::set<std::string> measured_differently;
    for (std::size_t i = 0; i < result.examinations.size(); ++i) {
        NamedCells& row = result.examinations[i].row;
        const std::string uid = row.get("study_uid");
        const SharedStudy& study = studies[uid];
        if (uid.empty() || study.count < 2 || result.fates[i] == Fate::failed) {
            continue;
        }
        const bool is_one = study.patients.size() == 1 && study.dates.size() < 2;
        if (is_one && study.runs.size() > 1 && result.fates[i] != Fate::patient_contradiction) {
            result.fates[i] = Fate::measured_differently;
            row.set("reason",
                    "leave one of the runs out, or measure it again with one set of options");
            measured_differently.insert(uid);
            continue;
        }
        result.fates[i] = Fate::patient_contradiction;
        const bool is_of_dates = study.patients.size() == 1 && study.dates.size() > 1;
        row.set("reason",
                std::string("its study UID stands under several ") +
                    (is_of_dates ? "dates" : "patients"));
    }
    if (!measured_differently.empty()) {
        result.notes.push_back(std::to_string(measured_differently.size()) +
                               " of the studies measured differently in two runs, not compared: "
                               "leave one of the runs out, or measure again with one set of "
                               "options");
    }
}

// Whatever other studies there are, such an examination is in no pair.
bool is_out(Fate fate) {
    return fate == Fate::failed || fate == Fate::patient_contradiction ||
           fate == Fate::measured_differently;
}

// Why two of `places` cannot be one person; empty: all can.
std::string_view contradiction_among(const std::vector<Examination>& all,
                                     const std::vector<std::size_t>& places) {
    if (std::ranges::any_of(places, [&all](std::size_t i) { return has_id_of_several(all[i]); })) {
        return "the patient ID is that of several people (patient_id_contradiction)";
    }
    for (const std::size_t one : places) {
        for (const std::size_t other : places) {
            const std::string_view why =
                one < other ? person_contradiction(all[one], all[other]) : "";
            if (!why.empty()) {
                return why;
            }
        }
    }
    return {};
}

// The examinations [first, last) are of one patient.
void follow_patient(FollowUp& result,
                    std::size_t first,
                    std::size_t last,
                    const FollowOptions& options) {
    const std::vector<Examination>& all = result.examinations;
    std::vector<std::size_t> usable;
    for (std::size_t i = first; i < last; ++i) {
        if (result.fates[i] == Fate::compared) {
            usable.push_back(i);
        }
    }
    const auto set_fates = [&](Fate fate) {
        for (const std::size_t i : usable) {
            result.fates[i] = fate;
        }
    };
    if (usable.size() < 2) {
        set_fates(Fate::single);
        return;
    }
    if (const std::string_view why = contradiction_among(all, usable); !why.empty()) {
        set_fates(Fate::patients_differ);
        for (const std::size_t i : usable) {
            result.examinations[i].row.set("reason", std::string(why));
        }
        return;
    }
    for (std::size_t i = 1; i < usable.size(); ++i) {
        result.pairs.push_back(
            compare_pair(all, usable[i - 1], usable[i], "consecutive", options.smallest_changes));
    }
    if (usable.size() > 2) {
        result.pairs.push_back(compare_pair(
            all, usable.front(), usable.back(), "first_last", options.smallest_changes));
    }
}

void follow_all(FollowUp& result, const FollowOptions& options) {
    const std::vector<Examination>& all = result.examinations;
    for (std::size_t first = 0; first < all.size();) {
        std::size_t last = first;
        while (last < all.size() && patient_of(all[last]) == patient_of(all[first])) {
            ++last;
        }
        follow_patient(result, first, last, options);
        first = last;
    }
}

// Places of the examinations with this study UID or accession number.
std::vector<std::size_t> named(const std::vector<Examination>& all, const std::string& name) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].row.get("study_uid") == name || all[i].row.get("accession_number") == name) {
            places.push_back(i);
        }
    }
    return places;
}

// The one examination called so; nullopt, with the reason, where it cannot be compared.
std::optional<std::size_t> usable(const FollowUp& result,
                                  const std::string& name,
                                  std::string& why_not) {
    const std::vector<std::size_t> found = named(result.examinations, name);
    if (found.size() != 1) {
        why_not = found.empty() ? "is in no table" : "stands for several examinations";
        return std::nullopt;
    }
    const Fate fate = result.fates[found.front()];
    if (is_out(fate)) {
        why_not = fate == Fate::failed ? "was not measured" : "may be of another patient";
        return std::nullopt;
    }
    return found.front();
}

void follow_named(FollowUp& result, const FollowOptions& options) {
    for (Fate& fate : result.fates) {
        fate = is_out(fate) ? fate : Fate::not_named;
    }
    std::set<std::pair<std::size_t, std::size_t>> seen;
    const auto note = [&result](const NamedPair& one, const std::string& why_not) {
        result.notes.push_back("pairs, line " + std::to_string(one.line) + ": " + why_not);
    };
    for (const NamedPair& one : *options.pairs) {
        std::string why_not;
        std::optional<std::size_t> from = usable(result, one.from, why_not);
        std::optional<std::size_t> to = usable(result, one.to, why_not);
        if (!from || !to) {
            note(one, "one of its examinations " + why_not);
            continue;
        }
        if (years_between(result.examinations[*from], result.examinations[*to]).value_or(0) < 0) {
            std::swap(from, to);
        }
        if (*from == *to || !seen.insert(std::minmax(*from, *to)).second) {
            note(one, *from == *to ? "both are one examination" : "the pair is there already");
            continue;
        }
        result.fates[*from] = Fate::compared;
        result.fates[*to] = Fate::compared;
        result.pairs.push_back(
            compare_pair(result.examinations, *from, *to, "named", options.smallest_changes));
    }
    if (result.pairs.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "none of the named pairs can be compared" +
                        (result.notes.empty() ? "" : "; " + joined(result.notes, "; ")) +
                        ". The columns from and to hold study_uid or accession_number as "
                        "measurements.csv has them");
    }
}

}  // namespace

std::string_view fate_name(Fate fate) {
    return kFateNames.at(static_cast<std::size_t>(fate));
}

FollowUp follow_patients(std::vector<Examination> examinations, const FollowOptions& options) {
    FollowUp result{.examinations = std::move(examinations), .fates = {}, .pairs = {}, .notes = {}};
    for (const Examination& one : result.examinations) {
        result.fates.push_back(own_fate(one));
    }
    part_shared_studies(result);
    if (options.pairs) {
        follow_named(result, options);
    } else {
        follow_all(result, options);
    }
    return result;
}

}  // namespace paraspinal
