// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/tables/text_table.h"
#include "risk/audit/audit.h"
#include "risk/model/bootstrap_optimism.h"
#include "risk/model/risk_model.h"
#include "risk/model/validate_model.h"

#include <string>

namespace paraspinal {

/// A model card for people: origin, intercept and its assumption, predictors with odds ratios, what
/// other readings of a contradictory row would change, caveats.
std::string model_text(const RiskModel& model);

/// The findings of an audit that do not agree, or all of them.
TextTable audit_table(const PublicationAudit& audit, bool everything);

/// How well predictions fit, for people; optimism is left out when it was not looked for.
std::string validation_text(const ModelValidation& validation, const Optimism& optimism);

}  // namespace paraspinal
