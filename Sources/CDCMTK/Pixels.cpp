// SPDX-License-Identifier: Apache-2.0

#include "Shim.h"

#include "dcmtk/dcmdata/dcpixel.h"
#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"

#include <memory>
#include <string>

namespace {

DcmPixelData *pixel_data(DcmDataset &root) {
    DcmElement *element = nullptr;
    root.findAndGetElement(DCM_PixelData, element);
    return dynamic_cast<DcmPixelData *>(element);
}

/// Copies a frame that is stored as it is.
cdcm_status copy_frame(
    cdcm_dataset &dataset, DcmPixelData &pixels, uint32_t frame, void *bytes, size_t count,
    char *message) {
    Uint16 allocated = 0;
    dataset.root().findAndGetUint16(DCM_BitsAllocated, allocated);
    Uint8 *start = nullptr;
    Uint16 *words = nullptr;
    OFCondition condition =
        allocated == 16 ? pixels.getUint16Array(words) : pixels.getUint8Array(start);
    if (condition.bad()) return check(condition, message);
    if (allocated == 16) start = reinterpret_cast<Uint8 *>(words);
    size_t length = pixels.getLength();
    if (start == nullptr || count > length || frame > length / count - 1) {
        return fail(message, CDCM_STATUS_TRUNCATED, "the pixel data end within a frame");
    }
    std::memcpy(bytes, start + frame * count, count);
    return CDCM_STATUS_OK;
}

/// Whether the segments of a run-length coded frame lie within it (PS3.5 G.5); the toolkit trusts
/// that they do.
bool is_sound_rle(DcmPixelItem &fragment) {
    Uint8 *bytes = nullptr;
    constexpr Uint32 header_count = 64;
    Uint32 length = fragment.getLength();
    if (length < header_count || fragment.getUint8Array(bytes).bad() || !bytes) return false;
    auto number = [bytes](Uint32 index) {
        const Uint8 *start = bytes + 4 * index;
        return Uint32{start[0]} | Uint32{start[1]} << 8 | Uint32{start[2]} << 16
            | Uint32{start[3]} << 24;
    };
    Uint32 segment_count = number(0);
    if (segment_count < 1 || segment_count > 15) return false;
    Uint32 previous = header_count;
    for (Uint32 segment = 1; segment <= segment_count; segment++) {
        Uint32 offset = number(segment);
        if (offset < previous || offset > length) return false;
        previous = offset;
    }
    return true;
}

bool is_sound_rle(DcmPixelData &pixels) {
    DcmPixelSequence *fragments = nullptr;
    if (pixels.getEncapsulatedRepresentation(EXS_RLELossless, nullptr, fragments).bad()) return false;
    // The first item is the table of offsets.
    for (unsigned long index = 1; index < fragments->card(); index++) {
        DcmPixelItem *fragment = nullptr;
        if (fragments->getItem(fragment, index).bad() || !is_sound_rle(*fragment)) return false;
    }
    return true;
}

cdcm_status decompress(
    cdcm_dataset &dataset, DcmPixelData &pixels, uint32_t frame, void *bytes, size_t count,
    char color_model[CDCM_MESSAGE_SIZE], char *message) {
    if (!pixels.canChooseRepresentation(EXS_LittleEndianExplicit, nullptr)) {
        std::string reason = "no decoder for the transfer syntax ";
        reason += cdcm_dataset_transfer_syntax_name(&dataset);
        return fail(message, CDCM_STATUS_UNSUPPORTED, reason.c_str());
    }
    Uint32 size = 0;
    OFCondition condition = pixels.getUncompressedFrameSize(&dataset.root(), size);
    if (condition.bad()) return check(condition, message);
    // The toolkit counts the byte that makes a length even.
    if (size != count && size != count + count % 2) {
        return fail(message, CDCM_STATUS_FAILED, "its attributes disagree on the size of a frame");
    }
    if (dataset.transfer_syntax == EXS_RLELossless && !is_sound_rle(pixels)) {
        return fail(message, CDCM_STATUS_FAILED, "the run-length coded segments leave their frame");
    }
    // Zero makes the toolkit look the fragment up.
    Uint32 fragment = 0;
    OFString model;
    condition = pixels.getUncompressedFrame(
        &dataset.root(), frame, fragment, bytes, static_cast<Uint32>(count + count % 2), model);
    std::strncpy(color_model, model.c_str(), CDCM_MESSAGE_SIZE - 1);
    color_model[CDCM_MESSAGE_SIZE - 1] = 0;
    return check(condition, message);
}

}  // namespace

bool cdcm_dataset_is_compressed(const cdcm_dataset *dataset) {
    return DcmXfer(dataset->transfer_syntax).isEncapsulated();
}

cdcm_status cdcm_dataset_decode_frame(
    cdcm_dataset *dataset, uint32_t frame, void *bytes, size_t count,
    char color_model[CDCM_MESSAGE_SIZE], char *message) {
    color_model[0] = 0;
    return guard(message, [&] {
        DcmPixelData *pixels = pixel_data(dataset->root());
        if (pixels == nullptr) {
            return fail(message, CDCM_STATUS_FAILED, "there is no Pixel Data (7FE0,0010)");
        }
        return cdcm_dataset_is_compressed(dataset)
            ? decompress(*dataset, *pixels, frame, bytes, count, color_model, message)
            : copy_frame(*dataset, *pixels, frame, bytes, count, message);
    });
}

cdcm_status cdcm_dataset_set_pixels(
    cdcm_dataset *dataset, const void *samples, size_t sample_count, int32_t bits_allocated,
    char *message) {
    return guard(message, [&] {
        bool is_wide = bits_allocated == 16;
        auto length = static_cast<unsigned long>(sample_count);
        auto pixels = std::make_unique<DcmPixelData>(
            DcmTag(DCM_PixelData, is_wide ? EVR_OW : EVR_OB));
        OFCondition condition =
            is_wide ? pixels->putUint16Array(static_cast<const Uint16 *>(samples), length)
                    : pixels->putUint8Array(static_cast<const Uint8 *>(samples), length);
        if (condition.bad()) return check(condition, message);
        dataset->transfer_syntax = EXS_LittleEndianExplicit;
        condition = dataset->root().insert(pixels.get(), OFTrue);
        if (condition.good()) pixels.release();
        return check(condition, message);
    });
}
