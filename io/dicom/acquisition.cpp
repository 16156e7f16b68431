// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/acquisition.h"

#include "core/text.h"
#include "io/dicom/elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace paraspinal::dicom {
namespace {

void add_once(std::vector<std::string>& values, std::string_view value) {
    if (std::find(values.begin(), values.end(), value) == values.end()) {
        values.emplace_back(value);
    }
}

template <class Value>
void replace_if_stated(std::optional<Value>& kept, const std::optional<Value>& stated) {
    if (stated) {
        kept = stated;
    }
}

// GE packs flags into the b-value: 1000000800 is b = 800 (dcm2niix, "GE" notes on diffusion).
double without_ge_flags(double b_value) {
    constexpr double kGeFlag = 1e6;
    return std::fmod(b_value, kGeFlag);
}

// The private elements carry their VR in explicit files and in DCMTK's dictionary; where a vendor's
// creator is missing they are not looked at.
std::optional<double> private_b_value(DcmItem& dataset) {
    struct Place {
        DcmTagKey creator;
        std::string_view creator_name;
        DcmTagKey element;
    };
    static const std::array places{
        Place{{0x0019, 0x0010}, "SIEMENS MR HEADER", {0x0019, 0x100c}},
        Place{{0x2001, 0x0010}, "Philips Imaging DD 001", {0x2001, 0x1003}},
        Place{{0x0043, 0x0010}, "GEMS_PARM_01", {0x0043, 0x1039}},
    };
    for (const Place& place : places) {
        if (text(dataset, place.creator) == place.creator_name) {
            if (const auto value = number(dataset, place.element)) {
                return without_ge_flags(*value);
            }
        }
    }
    return std::nullopt;
}

// Some devices write zero for a time that they do not know.
std::optional<double> time_ms(DcmItem& item, const DcmTagKey& tag) {
    const std::optional<double> value = number(item, tag);
    return value && *value > 0 ? value : std::nullopt;
}

// Coded strings are in capitals (PS3.5 6.2), but for what some exporters write.
std::vector<std::string> codes(DcmItem& item, const DcmTagKey& tag) {
    std::vector<std::string> values = texts(item, tag);
    for (std::string& value : values) {
        std::ranges::transform(value, value.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
    }
    return values;
}

// Forms that a technician leaves filled in state an agent that was not given.
std::string contrast_agent(DcmItem& item) {
    constexpr std::array<std::string_view, 6> kNone{"off", "no", "none", "n", "0", "nil"};
    const std::string agent = text(item, DCM_ContrastBolusAgent);
    const bool is_none = std::ranges::find(kNone, lower_case(agent)) != kNone.end() ||
                         number(item, DCM_ContrastBolusVolume) == 0.0;
    return is_none ? std::string() : agent;
}

void read_enhanced_terms(DcmItem& dataset, Acquisition& acquisition) {
    const std::string echo = text(dataset, DCM_EchoPulseSequence);
    if (echo == "SPIN" || echo == "BOTH") {
        add_once(acquisition.scanning_sequence, "SE");
    }
    if (echo == "GRADIENT" || echo == "BOTH") {
        add_once(acquisition.scanning_sequence, "GR");
    }
    if (text(dataset, DCM_EchoPlanarPulseSequence) == "YES") {
        add_once(acquisition.scanning_sequence, "EP");
    }
    if (text(dataset, DCM_InversionRecovery) == "YES") {
        add_once(acquisition.scanning_sequence, "IR");
    }
    const std::string suppressed = text(dataset, DCM_SpectrallySelectedSuppression);
    if (suppressed == "FAT" || suppressed == "FAT_AND_WATER") {
        add_once(acquisition.scan_options, "FS");
    }
    if (suppressed == "WATER") {
        add_once(acquisition.scan_options, "WS");
    }
    if (acquisition.sequence_name.empty()) {
        acquisition.sequence_name = text(dataset, DCM_PulseSequenceName);
    }
}

template <class Value>
void replace_if_filled(Value& kept, Value stated) {
    if (!stated.empty()) {
        kept = std::move(stated);
    }
}

// Legacy Converted objects keep the classic elements of their frames in a sequence of their own
// (PS3.3 C.7.6.16.2.25).
void read_converted_attributes(DcmItem& groups, Acquisition& acquisition) {
    for (const DcmTagKey& sequence : {DCM_UnassignedSharedConvertedAttributesSequence,
                                      DCM_UnassignedPerFrameConvertedAttributesSequence}) {
        DcmItem* const item = first_item(groups, sequence);
        if (item == nullptr) {
            continue;
        }
        Acquisition stated = read_acquisition(*item);
        replace_if_filled(acquisition.image_type, std::move(stated.image_type));
        replace_if_filled(acquisition.scan_options, std::move(stated.scan_options));
        replace_if_filled(acquisition.scanning_sequence, std::move(stated.scanning_sequence));
        replace_if_filled(acquisition.sequence_variant, std::move(stated.sequence_variant));
        replace_if_filled(acquisition.sequence_name, std::move(stated.sequence_name));
        replace_if_filled(acquisition.protocol_name, std::move(stated.protocol_name));
        replace_if_filled(acquisition.contrast_agent, std::move(stated.contrast_agent));
        replace_if_filled(acquisition.derivation, std::move(stated.derivation));
        replace_if_stated(acquisition.repetition_time_ms, stated.repetition_time_ms);
        replace_if_stated(acquisition.echo_time_ms, stated.echo_time_ms);
        replace_if_stated(acquisition.inversion_time_ms, stated.inversion_time_ms);
        replace_if_stated(acquisition.flip_angle_deg, stated.flip_angle_deg);
        replace_if_stated(acquisition.b_value_s_mm2, stated.b_value_s_mm2);
        replace_if_stated(acquisition.slice_thickness_mm, stated.slice_thickness_mm);
        replace_if_stated(acquisition.echo_train_length, stated.echo_train_length);
    }
}

}  // namespace

Acquisition read_acquisition(DcmItem& dataset) {
    Acquisition acquisition;
    acquisition.modality = text(dataset, DCM_Modality);
    acquisition.image_type = codes(dataset, DCM_ImageType);
    acquisition.scan_options = codes(dataset, DCM_ScanOptions);
    acquisition.scanning_sequence = codes(dataset, DCM_ScanningSequence);
    acquisition.sequence_variant = codes(dataset, DCM_SequenceVariant);
    acquisition.sequence_name = text(dataset, DCM_SequenceName);
    acquisition.protocol_name = text(dataset, DCM_ProtocolName);
    acquisition.contrast_agent = contrast_agent(dataset);
    acquisition.manufacturer = text(dataset, DCM_Manufacturer);
    acquisition.manufacturer_model = text(dataset, DCM_ManufacturerModelName);
    acquisition.repetition_time_ms = time_ms(dataset, DCM_RepetitionTime);
    acquisition.echo_time_ms = time_ms(dataset, DCM_EchoTime);
    acquisition.inversion_time_ms = time_ms(dataset, DCM_InversionTime);
    acquisition.flip_angle_deg = number(dataset, DCM_FlipAngle);
    acquisition.b_value_s_mm2 = number(dataset, DCM_DiffusionBValue);
    acquisition.field_strength_t = number(dataset, DCM_MagneticFieldStrength);
    acquisition.slice_thickness_mm = number(dataset, DCM_SliceThickness);
    acquisition.echo_train_length = whole_number(dataset, DCM_EchoTrainLength);
    acquisition.derivation = text(dataset, DCM_DerivationDescription);
    acquisition.source_images = static_cast<int>(items(dataset, DCM_SourceImageSequence).size());
    if (!acquisition.b_value_s_mm2) {
        acquisition.b_value_s_mm2 = private_b_value(dataset);
    }
    read_enhanced_terms(dataset, acquisition);
    return acquisition;
}

void read_frame_acquisition(DcmItem& groups, Acquisition& acquisition) {
    read_converted_attributes(groups, acquisition);
    if (DcmItem* const timing = first_item(groups, DCM_MRTimingAndRelatedParametersSequence)) {
        replace_if_stated(acquisition.repetition_time_ms, time_ms(*timing, DCM_RepetitionTime));
        replace_if_stated(acquisition.flip_angle_deg, number(*timing, DCM_FlipAngle));
        replace_if_stated(acquisition.echo_train_length,
                          whole_number(*timing, DCM_EchoTrainLength));
    }
    if (DcmItem* const echo = first_item(groups, DCM_MREchoSequence)) {
        replace_if_stated(acquisition.echo_time_ms, time_ms(*echo, DCM_EffectiveEchoTime));
    }
    if (DcmItem* const modifier = first_item(groups, DCM_MRModifierSequence)) {
        replace_if_stated(acquisition.inversion_time_ms, time_ms(*modifier, DCM_InversionTimes));
        read_enhanced_terms(*modifier, acquisition);
    }
    if (DcmItem* const diffusion = first_item(groups, DCM_MRDiffusionSequence)) {
        replace_if_stated(acquisition.b_value_s_mm2, number(*diffusion, DCM_DiffusionBValue));
    }
    if (DcmItem* const measures = first_item(groups, DCM_PixelMeasuresSequence)) {
        replace_if_stated(acquisition.slice_thickness_mm, number(*measures, DCM_SliceThickness));
    }
    if (DcmItem* const type = first_item(groups, DCM_MRImageFrameTypeSequence)) {
        const std::vector<std::string> frame_type = codes(*type, DCM_FrameType);
        if (!frame_type.empty()) {
            acquisition.image_type = frame_type;
        }
    }
}

}  // namespace paraspinal::dicom
