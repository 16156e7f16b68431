// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/coded_concept.h"

#include <map>

namespace paraspinal {

CodedConcept anatomy_code(Structure structure) {
    switch (structure) {
        case Structure::multifidus_right:
        case Structure::multifidus_left: return {"5709001", "SCT", "Multifidus muscle"};
        case Structure::erector_spinae_right:
        case Structure::erector_spinae_left: return {"44947003", "SCT", "Erector spinae muscle"};
        case Structure::psoas_right:
        case Structure::psoas_left: return {"68455001", "SCT", "Iliopsoas muscle"};
        case Structure::vertebral_body:
        case Structure::background: break;
    }
    return {"3572006", "SCT", "Vertebral body"};
}

CodedConcept fat_code() {
    return {"55603005", "SCT", "Fat"};
}

CodedConcept laterality_code(Side side) {
    return side == Side::right ? CodedConcept{"24028007", "SCT", "Right"}
                               : CodedConcept{"7771000", "SCT", "Left"};
}

CodedConcept vertebra_code(const std::string& level) {
    static const std::map<std::string, const char*> codes{{"L1", "66794005"},
                                                          {"L2", "14293000"},
                                                          {"L3", "36470004"},
                                                          {"L4", "11994002"},
                                                          {"L5", "49668003"}};
    return {codes.at(level), "SCT", level + " vertebra"};
}

}  // namespace paraspinal
