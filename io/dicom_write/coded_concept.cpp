// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/coded_concept.h"

#include <map>

namespace paraspinal {

CodedConcept anatomy_code(Structure structure) {
    const StructureKind& kind = kind_of(structure);
    return {std::string(kind.snomed_code), "SCT", std::string(kind.snomed_meaning)};
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
