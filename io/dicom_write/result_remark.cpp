// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/result_remark.h"

#include "io/dicom/elements.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/provenance.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kRemarkBegin = "Result no. ";

bool has_concept(DcmItem& content, const std::string& code) {
    const auto names = dicom::items(content, DCM_ConceptNameCodeSequence);
    return !names.empty() && dicom::text(*names.front(), DCM_CodeValue) == code;
}

}  // namespace

std::string result_remark(const Provenance& provenance) {
    return kRemarkBegin + std::to_string(result_number(provenance)) +
           " of this study; it replaces the earlier ones";
}

namespace dicom {

void put_result_remark(DcmDataset& report, const Provenance& provenance) {
    const std::string remark = result_remark(provenance);
    for (DcmItem* const container : items(report, DCM_ContentSequence)) {
        const std::vector<DcmItem*> contents = items(*container, DCM_ContentSequence);
        // Behind the level, where measurement_report puts it.
        const auto level = std::ranges::find_if(
            contents, [](DcmItem* content) { return has_concept(*content, "LEVEL"); });
        if (level == contents.end()) {
            continue;
        }
        const auto next = std::next(level);
        if (next != contents.end() && text(**next, DCM_TextValue).starts_with(kRemarkBegin)) {
            put(**next, DCM_TextValue, remark);
            return;
        }
        auto item = std::make_unique<DcmItem>();
        put(*item, DCM_RelationshipType, text(**level, DCM_RelationshipType));
        put(*item, DCM_ValueType, "TEXT");
        put(*item, DCM_TextValue, remark);
        DcmItem* code = nullptr;
        check(item->findOrCreateSequenceItem(DCM_ConceptNameCodeSequence, code), "remark");
        // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): `check` throws where there is
        // none.
        put_code(*code, {"121106", "DCM", "Comment"});
        DcmSequenceOfItems* all = nullptr;
        check(container->findAndGetSequence(DCM_ContentSequence, all), "remark");
        const auto place = static_cast<unsigned long>(std::distance(contents.begin(), level));
        check(all->insert(item.get(), place, OFFalse), "remark");
        static_cast<void>(item.release());  // The sequence owns it now.
        return;
    }
}

}  // namespace dicom
}  // namespace paraspinal
