// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace paraspinal {

/// The scale on which controls scatter normally around their mean: Box and Cox's powers 1, 1/2 and
/// 0 (doi:10.1111/j.2517-6161.1964.tb00553.x), and for percentages their logits.
enum class NormScale : std::uint8_t { raw, square_root, log, logit };

/// All of them, the simplest first.
std::span<const NormScale> norm_scales();

/// "raw", "square_root", "log", "logit".
std::string_view norm_scale_name(NormScale scale);
/// nullopt for another name.
std::optional<NormScale> norm_scale_named(std::string_view name);

/// Whether `value` has a place on the scale; 0 has none on that of logarithms.
bool has_place(NormScale scale, double value);

/// That place, and its inverse; `value` must have one.
double on_scale(NormScale scale, double value);
double from_scale(NormScale scale, double place);

/// Logarithm of the derivative of on_scale: what a likelihood on the scale lacks to be one of the
/// values as measured (the Jacobian).
double log_derivative(NormScale scale, double value);

}  // namespace paraspinal
