// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/measuring_flags.h"

#include "core/error.h"

namespace paraspinal {

std::vector<CommandFlag> measuring_flags(MeasuringFlags& flags) {
    return {{.name = "--fat-method",
             .field = &flags.fat_method,
             .about = "How the fat threshold is found (docs/fat.md)",
             .value_name = "NAME"},
            {.name = "--fat-threshold",
             .field = &flags.fat_threshold,
             .about = "Fat from this stored value on, as in ImageJ",
             .value_name = "VALUE"},
            {.name = "--fat-share",
             .field = &flags.fat_share,
             .about = "Fat from this share of the way to skin fat",
             .value_name = "SHARE"},
            {.name = "--fat-guard",
             .field = &flags.fat_guard,
             .about = "Never split lean muscle; else methods as in ImageJ",
             .value_name = "on|off",
             .choices = {"on", "off"}},
            {.name = "--roi",
             .field = &flags.roi,
             .about = "With or without the fat between muscle and fascia",
             .value_name = "NAME",
             .choices = {"fascial", "muscle"}},
            {.name = "--no-bias-correction",
             .field = &flags.no_bias_correction,
             .about = "Leave the brightness of surface coils as it is"}};
}

MeasureFatOptions measure_fat_options(const MeasuringFlags& flags) {
    MeasureFatOptions options;
    options.bias.enabled = !flags.no_bias_correction;
    if (flags.fat_method) {
        options.fat.method = fat_method_from_name(*flags.fat_method);
    }
    options.roi = muscle_roi_from_name(flags.roi);
    if (flags.fat_share) {
        if (options.fat.method != FatMethod::reference) {
            throw Error(ErrorCode::usage, "--fat-share belongs to --fat-method reference");
        }
        options.fat.reference_share = *flags.fat_share;
    }
    if (flags.fat_threshold) {
        if (flags.fat_method && options.fat.method != FatMethod::fixed) {
            throw Error(ErrorCode::usage,
                        "--fat-threshold is a fixed threshold and cannot be combined with "
                        "--fat-method " +
                            *flags.fat_method);
        }
        options.fat.method = FatMethod::fixed;
        options.fat.fixed_threshold = *flags.fat_threshold;
        // A threshold read off in ImageJ refers to the stored values.
        options.bias.enabled = false;
    } else if (options.fat.method == FatMethod::fixed) {
        throw Error(ErrorCode::usage, "--fat-method fixed needs --fat-threshold VALUE");
    }
    if (flags.fat_guard) {
        if (options.fat.method == FatMethod::fixed) {
            throw Error(ErrorCode::usage,
                        "--fat-guard belongs to a method that finds its threshold in the image, "
                        "not to a fixed one");
        }
        options.fat.guard = *flags.fat_guard == "on";
    }
    return options;
}

}  // namespace paraspinal
