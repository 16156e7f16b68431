// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Compares the fat methods with Dixon imaging, disturbs marked slices, and prints the tables of
// docs/fat.md. Usage: evaluate_fat DIXON SAMPLES MARKS IMAGES   (folders of subject01_water.nii.gz
// and so on, of sample_dicom; marked_fat.json, and the folder that its files are in); see
// scripts/evaluate_fat.
#include "core/text.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/threshold_fat.h"
#include "tests/tools/fat/composite.h"
#include "tests/tools/fat/disagreement.h"
#include "tests/tools/fat/disturb.h"
#include "tests/tools/fat/scores.h"
#include "tests/tools/fat/shares.h"
#include "tests/tools/fat/stability.h"

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace paraspinal::evaluation {
namespace {

const std::string kDefault = "reference (default)";
const std::string kFraction = "fat fraction";

struct Tables {
    Scores scores;
    ShareTable shares;
    std::vector<Disagreement> disagreements;
    int composites = 0;
};

// A composite and the groups it counts in; what stands before their first blank orders them.
struct Composite {
    const DixonSlice& truth;
    Recipe recipe;
    std::string subject;
    std::vector<std::string> groups;
};

std::string kind_of(const Muscle& muscle) {
    if (muscle.lean) {
        return "1 lean";
    }
    return muscle.infiltration > 0 ? "1 infiltrated" : "1 as acquired";
}

std::string field_of(Field field) {
    switch (field) {
        case Field::sideways: return "4 field from side to side";
        case Field::coil: return "4 field of a coil";
        default: return "4 even field";
    }
}

double marked_pct(const ImageSlice& image, const DixonSlice& truth, const FatThreshold& threshold) {
    const Mask fat = fat_mask(image, truth.labels, threshold);
    return muscle_fat_pct(truth, [&](const DixonSlice&, std::size_t i) {
        return static_cast<double>(fat.pixels[i]);
    });
}

void record(Tables& tables, const Composite& composite, const ImageSlice& even) {
    const DixonSlice& truth = composite.truth;
    const FatAnalysis found = analyze_fat(even, truth.labels, {.resamples = 0});
    const double area = muscle_fat_pct(truth, fat_fraction);
    const double mean = mean_fraction_pct(truth);
    const auto add = [&](const std::string& method, double measured) {
        for (const std::string& group : composite.groups) {
            tables.scores.add(method, group, {measured, area});
        }
        tables.scores.add(method, "mean", {measured, mean});
    };
    const double measured = marked_pct(even, truth, found.threshold.value());
    add(kDefault, measured);
    for (const FatThreshold& one : found.by_method) {
        if (one.method != FatMethod::reference) {
            add(std::string(fat_method_name(one.method)), marked_pct(even, truth, one));
        }
    }
    const double fraction = fat_fraction_pct(found.scale.value(), found.muscle_values);
    for (const std::string& group : composite.groups) {
        tables.scores.add(kFraction, group, {fraction, mean});
    }
    tables.disagreements.push_back(
        {.disagreement = fat_disagreement_pct(even, truth.labels, found.by_method),
         .truth = area,
         .error = measured - area});
}

// The same composite as a windowed or clipped picture.
void record_disturbed(Tables& tables, const Composite& composite, const ImageSlice& raw) {
    const OutlinedSlice seen{.slice = raw, .labels = composite.truth.labels};
    const double fat = analyze_fat(raw, seen.labels, {.resamples = 0}).fat.value().reference.fat;
    for (const Disturbance& one : disturbances()) {
        const std::string name(one.name);
        if (name.find("window") != std::string::npos || name.find("clip") != std::string::npos) {
            const ImageSlice even = correct_bias(one.of(seen, fat).slice, {});
            const FatThreshold found = threshold_fat(even, seen.labels, {});
            tables.scores.add(kDefault,
                              "7 " + name,
                              {marked_pct(even, composite.truth, found),
                               muscle_fat_pct(composite.truth, fat_fraction)});
        }
    }
}

void evaluate(Tables& tables, const Composite& composite) {
    const ImageSlice raw = compose(composite.truth, composite.recipe);
    const ImageSlice even = correct_bias(raw, {});
    record(tables, composite, even);
    tables.shares.add(even, composite.truth, composite.subject);
    // What clips a fifth of the muscle is no window where most of the muscle is fat.
    const Recipe& recipe = composite.recipe;
    if (recipe.field == Field::even && recipe.noise < 0.05 && recipe.muscle.infiltration < 0.5) {
        record_disturbed(tables, composite, raw);
    }
    ++tables.composites;
}

void evaluate_slice(Tables& tables,
                    const DixonSlice& slice,
                    const std::vector<std::string>& place,
                    std::uint32_t& seed) {
    constexpr std::array kMuscles{Muscle{.lean = true},
                                  Muscle{},
                                  Muscle{.infiltration = 0.15},
                                  Muscle{.infiltration = 0.35},
                                  Muscle{.infiltration = 0.6},
                                  Muscle{.infiltration = 0.9}};
    for (const Muscle& muscle : kMuscles) {
        const DixonSlice truth = with_muscle(slice, muscle, ++seed);
        for (const double weight : {0.25, 0.45, 0.7}) {
            for (const double noise : {0.03, 0.1}) {
                for (const Field field : {Field::even, Field::sideways, Field::coil}) {
                    Composite one{.truth = truth,
                                  .recipe = {.water_weight = weight,
                                             .fat_weight = 1,
                                             .noise = noise,
                                             .field = field,
                                             .muscle = muscle,
                                             .seed = ++seed},
                                  .subject = place.front().substr(2),
                                  .groups = place};
                    one.groups.insert(one.groups.end(),
                                      {"0 all",
                                       kind_of(muscle),
                                       "2 weight of water " + fixed_text(weight, 2),
                                       "3 noise " + fixed_text(100 * noise, 0) + " %",
                                       field_of(field)});
                    evaluate(tables, one);
                }
            }
        }
    }
}

void run(const std::array<std::filesystem::path, 4>& inputs) {
    Tables tables;
    tables.shares.add_samples(inputs[1]);
    std::uint32_t seed = 1;
    std::size_t slices = 0;
    constexpr int kStep = 4;
    for (const std::string subject : {"subject01", "subject02"}) {
        std::vector<DixonSlice> all = read_dixon(inputs[0], subject, kStep);
        constexpr std::array kThirds{"6 lowest third", "6 middle third", "6 uppermost third"};
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].fat_over_lean = fat_over_lean(all[i]);
            evaluate_slice(tables,
                           all[i],
                           {"5 " + subject, kThirds.at(i * kThirds.size() / all.size())},
                           seed);
        }
        slices += all.size();
    }
    std::cout << tables.composites << " composites of " << slices
              << " slices of 2 subjects; percentage points.\n\n";
    tables.scores.print_methods(std::cout);
    tables.scores.print_groups(std::cout, kDefault);
    tables.scores.print_groups(std::cout, kFraction);
    tables.shares.print(std::cout);
    print_disagreement(std::cout, tables.disagreements);
    print_stability(std::cout, inputs[2], inputs[3]);
}

}  // namespace
}  // namespace paraspinal::evaluation

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: evaluate_fat DIXON SAMPLES MARKS IMAGES\n";
        return 2;
    }
    try {
        paraspinal::evaluation::run({argv[1], argv[2], argv[3], argv[4]});
    } catch (const std::exception& error) {
        std::cerr << "evaluate_fat: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
