// SPDX-License-Identifier: Apache-2.0
// A flat C surface over DCMTK and OpenJPEG. No C++ type and no exception crosses it; every call that
// can fail returns a status and writes its reason into the caller's message.

#ifndef CDCMTK_H
#define CDCMTK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

typedef enum __attribute__((enum_extensibility(closed))) {
    CDCM_STATUS_OK = 0,
    CDCM_STATUS_NOT_DICOM = 1,    // no DICOM data set begins here
    CDCM_STATUS_TRUNCATED = 2,    // the bytes end before the data set does
    CDCM_STATUS_UNSUPPORTED = 3,  // a compression that nothing here decodes
    CDCM_STATUS_TOO_LARGE = 4,    // inflated, the data set exceeds what the caller allows
    CDCM_STATUS_FAILED = 5,       // anything else; the message says what
} cdcm_status;

enum { CDCM_MESSAGE_SIZE = 256 };

typedef struct cdcm_dataset cdcm_dataset;  // owned
typedef struct cdcm_item cdcm_item;        // a data set or an item of a sequence; its data set owns it

typedef struct {
    uint16_t group;
    uint16_t element;
} cdcm_tag;

// MARK: - Data sets

cdcm_status cdcm_dataset_create(cdcm_dataset *_Nullable *_Nonnull dataset, char *message);
// Parses a whole file, with or without preamble and meta header. The bytes are copied.
// A deflated data set may grow to `maximum_count` bytes.
cdcm_status cdcm_dataset_read(
    const uint8_t *bytes, size_t count, size_t maximum_count,
    cdcm_dataset *_Nullable *_Nonnull dataset, char *message);
// Writes a file in Explicit VR Little Endian, to be freed with cdcm_free.
cdcm_status cdcm_dataset_write(
    cdcm_dataset *dataset, uint8_t *_Nullable *_Nonnull bytes, size_t *count, char *message);
void cdcm_dataset_free(cdcm_dataset *_Nullable dataset);
cdcm_item *cdcm_dataset_root(cdcm_dataset *dataset);
// The transfer syntax in which the data set was stored; it belongs to the library.
const char *cdcm_dataset_transfer_syntax_uid(const cdcm_dataset *dataset);
const char *cdcm_dataset_transfer_syntax_name(const cdcm_dataset *dataset);
void cdcm_free(void *_Nullable memory);

// MARK: - Elements

bool cdcm_item_has(cdcm_item *item, cdcm_tag tag);
// The whole value as stored, values separated by a backslash; null where it is absent, empty or no
// text. Numbers of binary elements are written in decimal. To be freed with cdcm_free.
char *_Nullable cdcm_item_text(cdcm_item *item, cdcm_tag tag);
// The words of an element of 16-bit values, to be freed with cdcm_free; null where there are none.
uint16_t *_Nullable cdcm_item_words(cdcm_item *item, cdcm_tag tag, size_t *count);
// An item of a sequence, or null.
cdcm_item *_Nullable cdcm_item_child(cdcm_item *item, cdcm_tag tag, size_t index);
// A new last item of a sequence, which is made where it is missing.
cdcm_status cdcm_item_append(
    cdcm_item *item, cdcm_tag tag, cdcm_item *_Nullable *_Nonnull child, char *message);
// Sets text, or decimal numbers, under the tag's VR; an existing value is replaced.
cdcm_status cdcm_item_set_text(cdcm_item *item, cdcm_tag tag, const char *text, char *message);
void cdcm_item_remove(cdcm_item *item, cdcm_tag tag);
// The tags of an item in ascending order, group and element packed; to be freed with cdcm_free.
uint32_t *_Nullable cdcm_item_tags(cdcm_item *item, size_t *count);

// MARK: - Pixels

bool cdcm_dataset_is_compressed(const cdcm_dataset *dataset);
// Decodes frame `frame` (from 0) into `count` bytes, 16-bit words in the machine's order.
// An odd count needs room for one byte more. `color_model` receives the photometric interpretation
// of decompressed samples.
cdcm_status cdcm_dataset_decode_frame(
    cdcm_dataset *dataset, uint32_t frame, void *bytes, size_t count,
    char color_model[_Nonnull CDCM_MESSAGE_SIZE], char *message);
// Replaces the pixel data by uncompressed bytes (8 bits allocated) or words (16 bits).
cdcm_status cdcm_dataset_set_pixels(
    cdcm_dataset *dataset, const void *samples, size_t sample_count, int32_t bits_allocated,
    char *message);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif

#endif
