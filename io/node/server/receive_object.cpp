// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/node/server/answer_internal.h"
#include "io/node/server/incoming_file.h"
#include "io/node/server/receive_object_internal.h"

#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcostrma.h>
#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

// NOLINTBEGIN(*-array-to-pointer-decay): the fields of DCMTK's messages are arrays.
namespace paraspinal {
namespace {

constexpr std::int64_t kBytesPerMegabyte = 1 << 20;

// Lets DCMTK write into an IncomingFile, which keeps failures to itself until the end.
class FileConsumer : public DcmConsumer {
  public:
    explicit FileConsumer(IncomingFile& file) : file_(&file) {}
    [[nodiscard]] OFBool good() const override { return OFTrue; }
    [[nodiscard]] OFCondition status() const override { return EC_Normal; }
    [[nodiscard]] OFBool isFlushed() const override { return OFTrue; }
    [[nodiscard]] offile_off_t avail() const override {
        return std::numeric_limits<offile_off_t>::max();
    }
    offile_off_t write(const void* bytes, offile_off_t length) override {
        file_->append({static_cast<const char*>(bytes), static_cast<std::size_t>(length)});
        return length;
    }
    void flush() override {}

  private:
    IncomingFile* file_;
};

class FileStream : private FileConsumer, public DcmOutputStream {
  public:
    explicit FileStream(IncomingFile& file)
        : FileConsumer(file), DcmOutputStream(static_cast<FileConsumer*>(this)) {}
};

// The header of a DICOM file (PS3.10 section 7.1), which is not sent.
void write_meta_header(DcmOutputStream& stream,
                       const T_DIMSE_C_StoreRQ& request,
                       const T_ASC_PresentationContext& accepted) {
    constexpr std::array<Uint8, 2> kVersion{0, 1};
    DcmMetaInfo meta;
    meta.putAndInsertUint8Array(DCM_FileMetaInformationVersion, kVersion.data(), kVersion.size());
    meta.putAndInsertString(DCM_MediaStorageSOPClassUID, request.AffectedSOPClassUID);
    meta.putAndInsertString(DCM_MediaStorageSOPInstanceUID, request.AffectedSOPInstanceUID);
    meta.putAndInsertString(DCM_TransferSyntaxUID, accepted.acceptedTransferSyntax);
    meta.putAndInsertString(DCM_ImplementationClassUID, OFFIS_IMPLEMENTATION_CLASS_UID);
    meta.putAndInsertString(DCM_ImplementationVersionName, OFFIS_DTK_IMPLEMENTATION_VERSION_NAME);
    meta.computeGroupLengthAndPadding(
        EGL_withGL, EPD_noChange, META_HEADER_DEFAULT_TRANSFERSYNTAX, EET_UndefinedLength);
    meta.transferInit();
    meta.write(stream, META_HEADER_DEFAULT_TRANSFERSYNTAX, EET_UndefinedLength, nullptr);
    meta.transferEnd();
}

// Why an object was not kept.
struct Refusal {
    Received counted = Received::refused_content;
    DIC_US status = STATUS_Success;
    std::string why;
};

bool is_disk_short(const ReceiverContext& context) {
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(context.folder, error);
    const std::int64_t floor = context.config->limits.free_disk_mb * kBytesPerMegabyte;
    return error || static_cast<std::int64_t>(space.available) < floor;
}

std::optional<Refusal> keep(IncomingFile& file,
                            const T_DIMSE_C_StoreRQ& request,
                            ReceiveCounters& counters) {
    try {
        const bool was_there = file.commit(request.AffectedSOPInstanceUID);
        counters.add(Received::repeated, was_there ? 1 : 0);
        counters.add(Received::bytes, static_cast<std::uint64_t>(file.size_bytes()));
        counters.add(Received::objects);
        return std::nullopt;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::output_not_writable) {
            return Refusal{
                Received::refused_disk, STATUS_STORE_Refused_OutOfResources, error.message()};
        }
        return Refusal{Received::refused_content,
                       STATUS_STORE_Error_CannotUnderstand,
                       "the object cannot be used: " + error.message()};
    }
}

OFCondition answer(T_ASC_Association& association,
                   T_ASC_PresentationContextID context_id,
                   const T_DIMSE_C_StoreRQ& request,
                   const std::optional<Refusal>& refusal) {
    auto response =
        answer_to<T_DIMSE_C_StoreRSP>(request, refusal ? refusal->status : STATUS_Success);
    response.opts = O_STORE_AFFECTEDSOPCLASSUID | O_STORE_AFFECTEDSOPINSTANCEUID;
    DcmDataset detail;
    if (refusal) {
        constexpr std::size_t kMostLetters = 64;  // Of an LO value.
        detail.putAndInsertString(DCM_ErrorComment, refusal->why.substr(0, kMostLetters).c_str());
    }
    return DIMSE_sendStoreResponse(
        &association, context_id, &request, &response, refusal ? &detail : nullptr);
}

}  // namespace

OFCondition receive_object(T_ASC_Association& association,
                           T_ASC_PresentationContextID context_id,
                           const T_DIMSE_C_StoreRQ& request,
                           const ReceiverContext& context) {
    const ReceiveLimits& limits = context.config->limits;
    T_ASC_PresentationContext accepted{};
    OFCondition condition =
        ASC_findAcceptedPresentationContext(association.params, context_id, &accepted);
    if (condition.bad()) {
        return condition;
    }
    std::optional<Refusal> refusal;
    if (OFString(accepted.abstractSyntax) != request.AffectedSOPClassUID) {
        refusal = Refusal{Received::refused_content,
                          STATUS_STORE_Refused_SOPClassNotSupported,
                          "its SOP class is not that of its presentation context"};
    } else if (is_disk_short(context)) {
        refusal = Refusal{Received::refused_disk,
                          STATUS_STORE_Refused_OutOfResources,
                          "less than " + std::to_string(limits.free_disk_mb) + " MB are free"};
    }
    IncomingFile file(context.folder, refusal ? 0 : limits.object_mb * kBytesPerMegabyte);
    FileStream stream(file);
    write_meta_header(stream, request, accepted);
    T_ASC_PresentationContextID data_context = context_id;
    condition = DIMSE_receiveDataSetInFile(
        &association, DIMSE_NONBLOCKING, limits.idle_s, &data_context, &stream, nullptr, nullptr);
    if (condition.bad()) {
        return condition;
    }
    if (!refusal && file.is_too_large()) {
        refusal = Refusal{Received::refused_size,
                          STATUS_STORE_Refused_OutOfResources,
                          "it is larger than " + std::to_string(limits.object_mb) + " MB"};
    }
    if (!refusal) {
        refusal = keep(file, request, *context.counters);
    }
    if (refusal) {
        context.counters->add(refusal->counted);
        context.log("an object was refused: " + refusal->why);
    }
    return answer(association, context_id, request, refusal);
}

}  // namespace paraspinal
// NOLINTEND(*-array-to-pointer-decay)
