// SPDX-License-Identifier: Apache-2.0
// What the files of this shim share: the handle, and the end of every exception.

#ifndef CDCMTK_SHIM_H
#define CDCMTK_SHIM_H

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dctk.h"

#include <cstring>
#include <exception>

#include "CDCMTK.h"

struct cdcm_dataset {
    DcmFileFormat file;
    // As stored; what is set later is uncompressed.
    E_TransferSyntax transfer_syntax = EXS_LittleEndianExplicit;

    DcmDataset &root() { return *file.getDataset(); }
};

inline DcmItem &item_of(cdcm_item *item) { return *reinterpret_cast<DcmItem *>(item); }
inline cdcm_item *handle(DcmItem *item) { return reinterpret_cast<cdcm_item *>(item); }

/// The tag with its VR, also of attributes younger than the toolkit's dictionary.
inline DcmTag tag_of(cdcm_tag tag) {
    if (tag.group == 0x0008 && tag.element == 0x001C) return DcmTag(0x0008, 0x001C, EVR_CS);
    return DcmTag(tag.group, tag.element);
}

inline cdcm_status fail(char *message, cdcm_status status, const char *reason) {
    std::strncpy(message, reason, CDCM_MESSAGE_SIZE - 1);
    message[CDCM_MESSAGE_SIZE - 1] = 0;
    return status;
}

inline cdcm_status check(const OFCondition &condition, char *message) {
    if (condition.good()) return CDCM_STATUS_OK;
    return fail(message, CDCM_STATUS_FAILED, condition.text());
}

/// Runs `body`; an exception becomes a status and a message.
template <typename Body>
cdcm_status guard(char *message, Body &&body) {
    try {
        return body();
    } catch (const std::bad_alloc &) {
        return fail(message, CDCM_STATUS_FAILED, "out of memory");
    } catch (const std::exception &error) {
        return fail(message, CDCM_STATUS_FAILED, error.what());
    } catch (...) {
        return fail(message, CDCM_STATUS_FAILED, "an exception of unknown type");
    }
}

/// Silences the toolkit's log and registers its decoders, once a process.
void prepare_toolkit();

#endif
