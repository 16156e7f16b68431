// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "risk/audit/audit.h"
#include "risk/model/json_reader_internal.h"

#include <vector>

namespace paraspinal {

/// Mean and SD of n whole numbers (GRIM and GRIMMER): some whole sum must print as the mean, and
/// some whole sum of squares, odd or even as the sum is, as the SD. Source: Brown and Heathers, Soc
/// Psychol Personal Sci 2017;8:363-369; Anaya, PeerJ Preprints 2016;4:e2400v1.
void audit_whole_numbers(const JsonReader& line, std::vector<AuditFinding>& findings);

/// Events by patient-years: the exact test of the rates beside the P of the shares.
void audit_rates(const JsonReader& line, std::vector<AuditFinding>& findings);

/// How many of independent counts are even, against a fair coin.
/// How many of `n` whole numbers between `low` and `high` must be exactly one of these two to have
/// this `mean` and `sd`.
void audit_share_at_limits(const JsonReader& line, std::vector<AuditFinding>& findings);

/// Two places of an article that a person has read and that do not say the same: `printed` at
/// `where`, `found` in `source`, and the `question`. Nothing is computed.
void audit_statement(const JsonReader& line, std::vector<AuditFinding>& findings);

void audit_parity(const JsonReader& line, std::vector<AuditFinding>& findings);

}  // namespace paraspinal
