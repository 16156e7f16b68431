// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

class DcmDataset;

namespace paraspinal {

struct Provenance;

/// What a report says that replaces others: "Result no. 2 of this study; it replaces the earlier
/// ones".
std::string result_remark(const Provenance& provenance);

}  // namespace paraspinal

/// Private to io/dicom_write.
namespace paraspinal::dicom {

/// Has `report`, which measurement_report wrote, say so, in place of such a remark that it has.
void put_result_remark(DcmDataset& report, const Provenance& provenance);

}  // namespace paraspinal::dicom
