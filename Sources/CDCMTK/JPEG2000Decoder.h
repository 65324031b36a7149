// SPDX-License-Identifier: Apache-2.0
// JPEG 2000, which this version of the toolkit knows by name only, decoded by OpenJPEG.

#ifndef CDCMTK_JPEG2000_DECODER_H
#define CDCMTK_JPEG2000_DECODER_H

#include "Shim.h"

#include "dcmtk/dcmdata/dccodec.h"

/// Decodes frames to samples interleaved by pixel; encodes nothing.
class JPEG2000Decoder : public DcmCodec {
public:
    static void register_codec();

    OFBool canChangeCoding(
        const E_TransferSyntax from, const E_TransferSyntax to) const override;

    OFCondition decodeFrame(
        const DcmRepresentationParameter *parameter, DcmPixelSequence *fragments,
        const DcmCodecParameter *options, DcmItem *dataset, Uint32 frame, Uint32 &start_fragment,
        void *buffer, Uint32 buffer_size, OFString &color_model) const override;

    OFCondition determineDecompressedColorModel(
        const DcmRepresentationParameter *parameter, DcmPixelSequence *fragments,
        const DcmCodecParameter *options, DcmItem *dataset, OFString &color_model) const override;

    // Frames are decoded one by one; nothing here asks for all at once.
    OFCondition decode(
        const DcmRepresentationParameter *, DcmPixelSequence *, DcmPolymorphOBOW &,
        const DcmCodecParameter *, const DcmStack &, OFBool &) const override {
        return EC_IllegalCall;
    }

    OFCondition encode(
        const Uint16 *, const Uint32, const DcmRepresentationParameter *, DcmPixelSequence *&,
        const DcmCodecParameter *, DcmStack &, OFBool &) const override {
        return EC_IllegalCall;
    }

    OFCondition encode(
        const E_TransferSyntax, const DcmRepresentationParameter *, DcmPixelSequence *,
        const DcmRepresentationParameter *, DcmPixelSequence *&, const DcmCodecParameter *,
        DcmStack &, OFBool &) const override {
        return EC_IllegalCall;
    }
};

#endif
