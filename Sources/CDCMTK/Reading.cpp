// SPDX-License-Identifier: Apache-2.0

#include "MemoryInput.h"

#include <zlib.h>

#include <memory>
#include <vector>

namespace {

constexpr size_t preamble_count = 128 + 4;

bool has_preamble(const uint8_t *bytes, size_t count) {
    return count >= preamble_count && std::memcmp(bytes + 128, "DICM", 4) == 0;
}

/// Inflates raw deflate data up to a limit.
cdcm_status inflate_all(
    const uint8_t *bytes, size_t count, size_t maximum_count, std::vector<uint8_t> &inflated,
    char *message) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return fail(message, CDCM_STATUS_FAILED, "zlib does not start");
    }
    std::unique_ptr<z_stream, int (*)(z_stream *)> end(&stream, inflateEnd);
    stream.next_in = const_cast<Bytef *>(bytes);
    stream.avail_in = static_cast<uInt>(count);
    std::vector<uint8_t> block(1 << 16);
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = block.data();
        stream.avail_out = static_cast<uInt>(block.size());
        result = inflate(&stream, Z_NO_FLUSH);
        size_t found = block.size() - stream.avail_out;
        if (found > maximum_count - inflated.size()) {
            return fail(message, CDCM_STATUS_TOO_LARGE, "the deflated data set is too large");
        }
        inflated.insert(inflated.end(), block.begin(), block.begin() + found);
    }
    if (result == Z_STREAM_END) return CDCM_STATUS_OK;
    if (result == Z_BUF_ERROR) {
        return fail(message, CDCM_STATUS_TRUNCATED, "the deflated data set ends early");
    }
    return fail(message, CDCM_STATUS_FAILED, "the deflated data set is damaged");
}

cdcm_status outcome(const OFCondition &condition, bool is_nested_too_deeply, char *message) {
    if (is_nested_too_deeply) {
        return fail(message, CDCM_STATUS_FAILED, "its sequences are nested too deeply");
    }
    // The toolkit calls a stream invalid that ends within a value.
    if (condition == EC_StreamNotifyClient || condition == EC_EndOfStream
        || condition == EC_InvalidStream) {
        return fail(message, CDCM_STATUS_TRUNCATED, "the bytes end within an element");
    }
    return check(condition, message);
}

template <typename Object>
cdcm_status parse(
    Object &object, const uint8_t *bytes, size_t count, E_TransferSyntax syntax, char *message) {
    MemoryInput input(bytes, count);
    object.transferInit();
    OFCondition condition = object.read(input, syntax, EGL_noChange);
    object.transferEnd();
    return outcome(condition, input.is_nested_too_deeply(), message);
}

/// Where the deflated data set begins, or 0 where the file is none.
size_t deflated_start(const uint8_t *bytes, size_t count) {
    MemoryInput input(bytes, count);
    DcmMetaInfo meta;
    meta.transferInit();
    OFCondition condition = meta.read(input, EXS_Unknown, EGL_noChange);
    meta.transferEnd();
    OFString syntax;
    if (condition.bad() || meta.findAndGetOFString(DCM_TransferSyntaxUID, syntax).bad()) return 0;
    bool is_deflated = syntax == UID_DeflatedExplicitVRLittleEndianTransferSyntax;
    return is_deflated ? static_cast<size_t>(input.tell()) : 0;
}

cdcm_status read_deflated(
    cdcm_dataset &dataset, const uint8_t *bytes, size_t count, size_t maximum_count,
    char *message) {
    std::vector<uint8_t> inflated;
    cdcm_status status = inflate_all(bytes, count, maximum_count, inflated, message);
    if (status != CDCM_STATUS_OK) return status;
    dataset.transfer_syntax = EXS_DeflatedLittleEndianExplicit;
    return parse(
        dataset.root(), inflated.data(), inflated.size(), EXS_LittleEndianExplicit, message);
}

}  // namespace

cdcm_status cdcm_dataset_read(
    const uint8_t *bytes, size_t count, size_t maximum_count, cdcm_dataset **dataset,
    char *message) {
    *dataset = nullptr;
    return guard(message, [&] {
        prepare_toolkit();
        auto found = std::make_unique<cdcm_dataset>();
        size_t start = has_preamble(bytes, count) ? deflated_start(bytes, count) : 0;
        cdcm_status status = CDCM_STATUS_OK;
        if (start > 0) {
            status = read_deflated(*found, bytes + start, count - start, maximum_count, message);
        } else {
            status = parse(found->file, bytes, count, EXS_Unknown, message);
            found->transfer_syntax = found->root().getOriginalXfer();
        }
        bool is_empty = found->root().card() == 0;
        if (is_empty && !has_preamble(bytes, count)) {
            return fail(message, CDCM_STATUS_NOT_DICOM, "no DICOM data set begins here");
        }
        if (status == CDCM_STATUS_OK) *dataset = found.release();
        return status;
    });
}

cdcm_status cdcm_dataset_create(cdcm_dataset **dataset, char *message) {
    *dataset = nullptr;
    return guard(message, [&] {
        prepare_toolkit();
        *dataset = new cdcm_dataset;
        return CDCM_STATUS_OK;
    });
}

void cdcm_dataset_free(cdcm_dataset *dataset) { delete dataset; }

cdcm_item *cdcm_dataset_root(cdcm_dataset *dataset) { return handle(&dataset->root()); }

const char *cdcm_dataset_transfer_syntax_uid(const cdcm_dataset *dataset) {
    return DcmXfer(dataset->transfer_syntax).getXferID();
}

const char *cdcm_dataset_transfer_syntax_name(const cdcm_dataset *dataset) {
    return DcmXfer(dataset->transfer_syntax).getXferName();
}
