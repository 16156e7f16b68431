// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/bootstrap_optimism.h"

#include "core/error.h"
#include "risk/model/published_cohort.h"
#include "risk/model/validate_model.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <thread>

namespace paraspinal {
namespace {

struct Performance {
    double auc = 0;
    double brier = 0;
};

Performance performance(const RegressionData& data, const std::vector<double>& coefficient) {
    const std::vector<double> risks = predicted_risks(data, coefficient);
    Performance result{.auc = area_under_curve({.score = risks, .event = data.event}).value};
    for (std::size_t i = 0; i < risks.size(); ++i) {
        result.brier += std::pow(risks[i] - data.event[i], 2) / static_cast<double>(risks.size());
    }
    return result;
}

// Calibration slope of a model on other patients; not a number when it does not exist.
double slope(const RegressionData& data, const std::vector<double>& coefficient) {
    RegressionData scored{.names = {"logit"}, .event = data.event};
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        double sum = 0;
        for (std::size_t i = 0; i < data.names.size(); ++i) {
            sum += coefficient[i + 1] * data.x[row * data.names.size() + i];
        }
        scored.x.push_back(sum);
    }
    const LogisticFit fit = fit_logistic(scored);
    return fit.converged ? fit.coefficient[1] : std::nan("");
}

RegressionData resampled(const RegressionData& data, std::uint64_t seed, int replicate) {
    std::seed_seq sequence{static_cast<std::uint32_t>(seed),
                           static_cast<std::uint32_t>(seed >> 32U),
                           static_cast<std::uint32_t>(replicate)};
    std::mt19937_64 random(sequence);
    const std::size_t width = data.names.size();
    RegressionData sample{.names = data.names};
    sample.x.reserve(data.x.size());
    for (std::size_t i = 0; i < data.event.size(); ++i) {
        const std::size_t row = random() % data.event.size();
        sample.event.push_back(data.event[row]);
        const auto begin = data.x.begin() + static_cast<std::ptrdiff_t>(row * width);
        sample.x.insert(sample.x.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
    }
    return sample;
}

struct Replicate {
    double auc = 0;
    double brier = 0;
    double slope = 0;
};

// Nothing when the resample has no regression.
std::optional<Replicate> replicate(const RegressionData& data,
                                   const LogisticOptions& regression,
                                   const RegressionData& sample) {
    try {
        const LogisticFit fit = fit_logistic(sample, regression);
        if (!fit.converged) {
            return std::nullopt;
        }
        const Performance there = performance(sample, fit.coefficient);
        const Performance here = performance(data, fit.coefficient);
        const double calibration = slope(data, fit.coefficient);
        if (std::isnan(calibration)) {
            return std::nullopt;
        }
        return Replicate{.auc = there.auc - here.auc,
                         .brier = there.brier - here.brier,
                         .slope = 1 - calibration};
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

Optimism bootstrap_optimism(const RegressionData& data,
                            const LogisticOptions& regression,
                            const BootstrapOptions& bootstrap) {
    const auto count = static_cast<std::size_t>(std::max(0, bootstrap.resamples));
    std::vector<std::optional<Replicate>> replicates(count);
    const unsigned machine = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t threads = bootstrap.threads == 0 ? machine : bootstrap.threads;
    {
        std::vector<std::jthread> workers;
        for (std::size_t worker = 0; worker < threads; ++worker) {
            workers.emplace_back([&, worker] {
                for (std::size_t i = worker; i < count; i += threads) {
                    replicates[i] = replicate(
                        data, regression, resampled(data, bootstrap.seed, static_cast<int>(i)));
                }
            });
        }
    }
    Optimism optimism;
    for (const std::optional<Replicate>& one : replicates) {
        if (!one) {
            ++optimism.failed;
            continue;
        }
        ++optimism.resamples;
        optimism.auc += one->auc;
        optimism.brier += one->brier;
        optimism.slope += one->slope;
    }
    const double done = std::max(1, optimism.resamples);
    optimism.auc /= done;
    optimism.brier /= done;
    optimism.slope /= done;
    return optimism;
}

}  // namespace paraspinal
