// SPDX-License-Identifier: Apache-2.0

#include "Shim.h"

#include "dcmtk/dcmdata/dcostrmb.h"

#include <cstdlib>
#include <vector>

namespace {

/// Names this program, and not the toolkit, as the writer of the file.
OFCondition name_implementation(DcmMetaInfo &meta) {
    meta.putAndInsertString(
        DCM_ImplementationClassUID, "2.25.47130323104178278853982390158526532941");
    meta.putAndInsertString(DCM_ImplementationVersionName, "SKIAGRAPH");
    // The group's length was that of the toolkit's names.
    return meta.computeGroupLengthAndPadding(
        EGL_recalcGL, EPD_noChange, META_HEADER_DEFAULT_TRANSFERSYNTAX, EET_ExplicitLength);
}

}  // namespace

cdcm_status cdcm_dataset_write(
    cdcm_dataset *dataset, uint8_t **bytes, size_t *count, char *message) {
    *bytes = nullptr;
    *count = 0;
    return guard(message, [&] {
        constexpr E_TransferSyntax syntax = EXS_LittleEndianExplicit;
        DcmFileFormat &file = dataset->file;
        OFCondition condition = dataset->root().chooseRepresentation(syntax, nullptr);
        if (condition.good()) condition = file.validateMetaInfo(syntax, EWM_createNewMeta);
        if (condition.good()) condition = name_implementation(*file.getMetaInfo());
        if (condition.bad()) return check(condition, message);
        std::vector<uint8_t> block(1 << 20), written;
        DcmOutputBufferStream output(block.data(), static_cast<offile_off_t>(block.size()));
        auto drain = [&] {
            void *start = nullptr;
            offile_off_t length = 0;
            output.flushBuffer(start, length);
            auto *first = static_cast<const uint8_t *>(start);
            written.insert(written.end(), first, first + length);
        };
        file.transferInit();
        do {
            condition = file.write(
                output, syntax, EET_ExplicitLength, nullptr, EGL_recalcGL, EPD_withoutPadding, 0,
                0, 0, EWM_dontUpdateMeta);
            drain();
        } while (condition == EC_StreamNotifyClient);
        file.transferEnd();
        if (condition.bad()) return check(condition, message);
        *bytes = static_cast<uint8_t *>(std::malloc(written.size()));
        if (*bytes == nullptr) return fail(message, CDCM_STATUS_FAILED, "out of memory");
        std::memcpy(*bytes, written.data(), written.size());
        *count = written.size();
        return CDCM_STATUS_OK;
    });
}
