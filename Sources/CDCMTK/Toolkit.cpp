// SPDX-License-Identifier: Apache-2.0

#include "Shim.h"

#include "JPEG2000Decoder.h"
#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"
#include "dcmtk/oflog/oflog.h"

#include <cstdlib>
#include <mutex>

void prepare_toolkit() {
    static std::once_flag once;
    std::call_once(once, [] {
        // Reasons leave through messages; nothing writes to the standard error on its own.
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs(
            EDC_photometricInterpretation, EUC_never, EPC_colorByPixel);
        DJLSDecoderRegistration::registerCodecs(EJLSUC_never, EJLSPC_colorByPixel);
        JPEG2000Decoder::register_codec();
    });
}

void cdcm_free(void *memory) { std::free(memory); }
