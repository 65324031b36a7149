// SPDX-License-Identifier: Apache-2.0

#include "JPEG2000Decoder.h"

#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"

#include <openjpeg-2.5/openjpeg.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace {

constexpr unsigned short error_code = 1;
makeOFConditionConst(damaged, OFM_dcmdata, error_code, OF_error, "the JPEG 2000 stream is damaged");
makeOFConditionConst(
    other_image, OFM_dcmdata, error_code + 1, OF_error,
    "the JPEG 2000 stream has another size or depth than the data set says");

// MARK: A codestream in memory

struct Codestream {
    std::vector<Uint8> bytes;
    size_t next = 0;

    static OPJ_SIZE_T read(void *buffer, OPJ_SIZE_T count, void *context) {
        auto &stream = *static_cast<Codestream *>(context);
        size_t found = std::min<size_t>(count, stream.bytes.size() - stream.next);
        if (found == 0) return static_cast<OPJ_SIZE_T>(-1);
        std::memcpy(buffer, stream.bytes.data() + stream.next, found);
        stream.next += found;
        return found;
    }

    static OPJ_OFF_T skip(OPJ_OFF_T count, void *context) {
        auto &stream = *static_cast<Codestream *>(context);
        if (count < 0) return -1;
        size_t found = std::min<size_t>(count, stream.bytes.size() - stream.next);
        stream.next += found;
        return static_cast<OPJ_OFF_T>(found);
    }

    static OPJ_BOOL seek(OPJ_OFF_T position, void *context) {
        auto &stream = *static_cast<Codestream *>(context);
        if (position < 0 || static_cast<size_t>(position) > stream.bytes.size()) return OPJ_FALSE;
        stream.next = static_cast<size_t>(position);
        return OPJ_TRUE;
    }

    bool is_boxed() const {
        static const Uint8 signature[] = {0, 0, 0, 12, 'j', 'P', ' ', ' '};
        return bytes.size() > 8 && std::equal(signature, signature + 8, bytes.begin());
    }
};

/// The bytes of a frame: the fragments from its first to the next frame's first.
OFCondition gather(
    DcmPixelSequence &fragments, DcmItem &dataset, Uint32 frame, Uint32 &start_fragment,
    std::vector<Uint8> &bytes) {
    Sint32 frame_count = 1;
    dataset.findAndGetSint32(DCM_NumberOfFrames, frame_count);
    frame_count = std::max(frame_count, Sint32{1});
    OFCondition condition = EC_Normal;
    if (start_fragment == 0) {
        condition = DcmCodec::determineStartFragment(frame, frame_count, &fragments, start_fragment);
    }
    Uint32 end = static_cast<Uint32>(fragments.card());
    if (condition.good() && frame + 1 < static_cast<Uint32>(frame_count)) {
        condition = DcmCodec::determineStartFragment(frame + 1, frame_count, &fragments, end);
    }
    for (; condition.good() && start_fragment < end; start_fragment++) {
        DcmPixelItem *item = nullptr;
        Uint8 *fragment = nullptr;
        condition = fragments.getItem(item, start_fragment);
        if (condition.good()) condition = item->getUint8Array(fragment);
        if (condition.good() && fragment) {
            bytes.insert(bytes.end(), fragment, fragment + item->getLength());
        }
    }
    return condition;
}

// MARK: Decoding

using Image = std::unique_ptr<opj_image_t, void (*)(opj_image_t *)>;

struct Shape {
    Uint16 rows = 0, columns = 0, samples = 1, allocated = 0;

    explicit Shape(DcmItem &dataset) {
        dataset.findAndGetUint16(DCM_Rows, rows);
        dataset.findAndGetUint16(DCM_Columns, columns);
        dataset.findAndGetUint16(DCM_SamplesPerPixel, samples);
        dataset.findAndGetUint16(DCM_BitsAllocated, allocated);
    }

    bool fits(const opj_image_t &image) const {
        if (image.numcomps != samples || (allocated != 8 && allocated != 16)) return false;
        return std::all_of(image.comps, image.comps + image.numcomps, [&](auto &component) {
            return component.w == columns && component.h == rows && component.prec <= allocated;
        });
    }

    size_t byte_count() const { return size_t{rows} * columns * samples * (allocated / 8); }
};

OFCondition decode(Codestream &source, const Shape &shape, Image &image) {
    std::unique_ptr<opj_codec_t, void (*)(opj_codec_t *)> codec(
        opj_create_decompress(source.is_boxed() ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K),
        opj_destroy_codec);
    std::unique_ptr<opj_stream_t, void (*)(opj_stream_t *)> stream(
        opj_stream_default_create(OPJ_TRUE), opj_stream_destroy);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (!codec || !stream || !opj_setup_decoder(codec.get(), &parameters)) return EC_MemoryExhausted;
    opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), source.bytes.size());
    opj_stream_set_read_function(stream.get(), Codestream::read);
    opj_stream_set_skip_function(stream.get(), Codestream::skip);
    opj_stream_set_seek_function(stream.get(), Codestream::seek);
    opj_image_t *header = nullptr;
    bool is_read = opj_read_header(stream.get(), codec.get(), &header);
    image.reset(header);
    if (!is_read) return damaged;
    // Before any memory is taken for samples: the caller has allowed the data set's size only.
    if (!shape.fits(*header)) return other_image;
    bool is_whole = opj_decode(codec.get(), stream.get(), header)
        && opj_end_decompress(codec.get(), stream.get());
    if (!is_whole || !shape.fits(*header)) return damaged;
    bool has_data = std::all_of(header->comps, header->comps + header->numcomps, [](auto &one) {
        return one.data != nullptr;
    });
    return has_data ? EC_Normal : damaged;
}

template <typename Sample>
void interleave(const opj_image_t &image, size_t pixel_count, Sample *samples) {
    for (size_t pixel = 0; pixel < pixel_count; pixel++) {
        for (OPJ_UINT32 component = 0; component < image.numcomps; component++) {
            *samples++ = static_cast<Sample>(image.comps[component].data[pixel]);
        }
    }
}

}  // namespace

void JPEG2000Decoder::register_codec() {
    class NoOptions : public DcmCodecParameter {
        DcmCodecParameter *clone() const override { return new NoOptions(*this); }
        const char *className() const override { return "JPEG2000Decoder"; }
    };
    static const JPEG2000Decoder decoder;
    static const NoOptions options;
    DcmCodecList::registerCodec(&decoder, nullptr, &options);
}

OFBool JPEG2000Decoder::canChangeCoding(
    const E_TransferSyntax from, const E_TransferSyntax to) const {
    DcmXfer target(to);
    bool is_jpeg_2000 = from == EXS_JPEG2000 || from == EXS_JPEG2000LosslessOnly;
    return is_jpeg_2000 && target.isNotEncapsulated();
}

OFCondition JPEG2000Decoder::decodeFrame(
    const DcmRepresentationParameter *, DcmPixelSequence *fragments, const DcmCodecParameter *,
    DcmItem *dataset, Uint32 frame, Uint32 &start_fragment, void *buffer, Uint32 buffer_size,
    OFString &color_model) const {
    Shape shape(*dataset);
    if (shape.byte_count() > buffer_size) return EC_IllegalParameter;
    Codestream source;
    OFCondition condition = gather(*fragments, *dataset, frame, start_fragment, source.bytes);
    Image image(nullptr, opj_image_destroy);
    if (condition.good()) condition = ::decode(source, shape, image);
    if (condition.bad()) return condition;
    size_t pixel_count = size_t{shape.rows} * shape.columns;
    if (shape.allocated == 16) {
        interleave(*image, pixel_count, static_cast<Uint16 *>(buffer));
    } else {
        interleave(*image, pixel_count, static_cast<Uint8 *>(buffer));
    }
    return determineDecompressedColorModel(nullptr, fragments, nullptr, dataset, color_model);
}

OFCondition JPEG2000Decoder::determineDecompressedColorModel(
    const DcmRepresentationParameter *, DcmPixelSequence *, const DcmCodecParameter *,
    DcmItem *dataset, OFString &color_model) const {
    OFCondition condition = dataset->findAndGetOFString(DCM_PhotometricInterpretation, color_model);
    // OpenJPEG undoes the colour transform that the codestream announces.
    if (color_model == "YBR_RCT" || color_model == "YBR_ICT") color_model = "RGB";
    return condition;
}
