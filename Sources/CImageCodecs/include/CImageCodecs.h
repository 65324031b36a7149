// SPDX-License-Identifier: Apache-2.0
// A flat C surface over libpng, libjpeg-turbo and libtiff. Errors of the first two leave by longjmp;
// every jump ends inside this target, so that a caller only ever sees a status and a message.

#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef enum __attribute__((enum_extensibility(closed))) {
    CIC_STATUS_OK = 0,
    CIC_STATUS_TRUNCATED = 1,    // the bytes end before the picture does
    CIC_STATUS_UNSUPPORTED = 2,  // a valid file of a kind that the library does not decode
    CIC_STATUS_FAILED = 3,       // anything else; the message says what
} cic_status;

enum { CIC_MESSAGE_SIZE = 256 };

// The shape of decoded (or to be encoded) samples: rows from the top, channels interleaved,
// 16-bit samples in the machine's byte order.
typedef struct {
    uint32_t width;
    uint32_t height;
    int32_t channel_count;  // 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA (4 CMYK for JPEG)
    int32_t bit_depth;      // 8 or 16
} cic_image_info;

typedef struct {
    const char *keyword;  // Latin-1
    const char *value;    // UTF-8 where is_utf8, else Latin-1
    bool is_utf8;         // an iTXt chunk; otherwise tEXt (or zTXt when read)
} cic_text;

// MARK: PNG

typedef struct cic_png_reader cic_png_reader;

// Borrows `bytes` until the reader is freed. Returns null when memory is short.
cic_png_reader *_Nullable cic_png_reader_create(
    const uint8_t *bytes, size_t count, uint32_t maximum_side);
// Reads up to the first pixel data; `info` describes the samples after palettes, low bit depths
// and tRNS have been expanded.
cic_status cic_png_reader_read_header(cic_png_reader *reader, cic_image_info *info);
// Reads the pixels into `samples` of `byte_count` bytes, or past them where `samples` is null,
// and everything behind them.
cic_status cic_png_reader_read_pixels(
    cic_png_reader *reader, void *_Nullable samples, size_t byte_count);
// The text chunks met so far, in the order of the file; they belong to the reader.
size_t cic_png_reader_text_count(cic_png_reader *reader);
cic_text cic_png_reader_text(cic_png_reader *reader, size_t index);
// The eXIf chunk (a TIFF header), or null; it belongs to the reader.
const uint8_t *_Nullable cic_png_reader_exif(cic_png_reader *reader, size_t *count);
const char *cic_png_reader_message(const cic_png_reader *reader);
void cic_png_reader_free(cic_png_reader *reader);

// Encodes into a buffer to be freed with cic_free; the same input gives the same bytes as long as
// zlib stays the same. `message` receives the reason where the status is not OK.
cic_status cic_png_encode(
    const cic_image_info *info, const void *samples, const cic_text *_Nullable text,
    size_t text_count, uint8_t *_Nullable *_Nonnull encoded, size_t *encoded_count,
    char message[_Nonnull CIC_MESSAGE_SIZE]);
void cic_free(void *_Nullable memory);

// MARK: JPEG

typedef struct cic_jpeg_reader cic_jpeg_reader;

// Borrows `bytes` until the reader is freed. Returns null when memory is short.
cic_jpeg_reader *_Nullable cic_jpeg_reader_create(const uint8_t *bytes, size_t count);
// Reads up to the first scan. With `wants_grey`, YCbCr is described (and decoded) as its Y.
// `working_bytes_per_pixel` is what decoding keeps in memory beside the samples.
cic_status cic_jpeg_reader_read_header(
    cic_jpeg_reader *reader, bool wants_grey, cic_image_info *info,
    uint32_t *working_bytes_per_pixel);
// CMYK samples come out as Adobe stores them: 255 is no ink.
cic_status cic_jpeg_reader_read_pixels(cic_jpeg_reader *reader, void *samples, size_t byte_count);
// The EXIF block of the first APP1 segment that has one (a TIFF header), or null; to be asked for
// after the header and before the pixels.
const uint8_t *_Nullable cic_jpeg_reader_exif(cic_jpeg_reader *reader, size_t *count);
const char *cic_jpeg_reader_message(const cic_jpeg_reader *reader);
void cic_jpeg_reader_free(cic_jpeg_reader *reader);

// MARK: TIFF

typedef struct cic_tiff_reader cic_tiff_reader;

// Borrows `bytes` until the reader is freed; nothing the library allocates at once exceeds
// `maximum_allocation`. Returns null when memory is short.
cic_tiff_reader *_Nullable cic_tiff_reader_create(
    const uint8_t *bytes, size_t count, size_t maximum_allocation);
// Describes the only page, grey or RGB of 8 or 16 bits; `orientation` is that of EXIF.
cic_status cic_tiff_reader_read_header(
    cic_tiff_reader *reader, cic_image_info *info, int32_t *orientation);
// Reads strips or tiles; grey that is stored with white as 0 is inverted.
cic_status cic_tiff_reader_read_pixels(cic_tiff_reader *reader, void *samples, size_t byte_count);
const char *cic_tiff_reader_message(const cic_tiff_reader *reader);
void cic_tiff_reader_free(cic_tiff_reader *reader);

#pragma clang assume_nonnull end

#endif
