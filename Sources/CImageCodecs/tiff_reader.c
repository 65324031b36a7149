// SPDX-License-Identifier: Apache-2.0

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#include "CImageCodecs.h"

struct cic_tiff_reader {
    TIFF *tiff;
    const uint8_t *bytes;
    size_t count;
    size_t position;
    cic_image_info info;
    bool is_white_zero;
    bool is_planar;
    char message[CIC_MESSAGE_SIZE];
};

static int keep_error(
    TIFF *tiff, void *user_data, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)module;
    cic_tiff_reader *reader = user_data;
    // The first reason is the cause of those that follow.
    if (reader->message[0] == 0) {
        vsnprintf(reader->message, CIC_MESSAGE_SIZE, format, arguments);
    }
    return 1;
}

static int ignore_warning(
    TIFF *tiff, void *user_data, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)user_data;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

static tmsize_t read_bytes(thandle_t handle, void *destination, tmsize_t count) {
    cic_tiff_reader *reader = handle;
    size_t available = reader->count - reader->position;
    size_t taken = (size_t)count < available ? (size_t)count : available;
    memcpy(destination, reader->bytes + reader->position, taken);
    reader->position += taken;
    return (tmsize_t)taken;
}

static tmsize_t write_bytes(thandle_t handle, void *source, tmsize_t count) {
    (void)handle;
    (void)source;
    (void)count;
    return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int origin) {
    cic_tiff_reader *reader = handle;
    toff_t start = origin == SEEK_CUR ? reader->position : origin == SEEK_END ? reader->count : 0;
    toff_t target = start + offset;
    if (target > reader->count) return (toff_t)-1;
    reader->position = target;
    return target;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size(thandle_t handle) { return ((cic_tiff_reader *)handle)->count; }

static cic_status unsupported(cic_tiff_reader *reader, const char *feature) {
    snprintf(reader->message, CIC_MESSAGE_SIZE, "%s", feature);
    return CIC_STATUS_UNSUPPORTED;
}

cic_tiff_reader *cic_tiff_reader_create(
    const uint8_t *bytes, size_t count, size_t maximum_allocation) {
    cic_tiff_reader *reader = calloc(1, sizeof *reader);
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (reader == NULL || options == NULL) {
        free(reader);
        return NULL;
    }
    reader->bytes = bytes;
    reader->count = count;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)maximum_allocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, reader);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ignore_warning, reader);
    reader->tiff = TIFFClientOpenExt(
        "TIFF", "rm", reader, read_bytes, write_bytes, seek, close_nothing, size, NULL, NULL,
        options);
    TIFFOpenOptionsFree(options);
    return reader;
}

static cic_status failure(const cic_tiff_reader *reader) {
    // libtiff tells a file that ends early by words only.
    bool ends_early = strstr(reader->message, "Read error") != NULL
        || strstr(reader->message, "got 0 bytes") != NULL
        || strstr(reader->message, "Not enough data") != NULL;
    return ends_early ? CIC_STATUS_TRUNCATED : CIC_STATUS_FAILED;
}

/// Whether a picture follows the first that is no smaller copy of it.
static bool has_more_pages(TIFF *tiff) {
    bool has_more = false;
    // A file may chain its directories without end; two decide.
    for (int page = 1; page < 8 && !has_more && TIFFReadDirectory(tiff); page++) {
        uint32_t kind = 0;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &kind);
        has_more = (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
    }
    return has_more;
}

cic_status cic_tiff_reader_read_header(
    cic_tiff_reader *reader, cic_image_info *info, int32_t *orientation) {
    TIFF *tiff = reader->tiff;
    if (tiff == NULL) return CIC_STATUS_FAILED;
    bool has_more = has_more_pages(tiff);
    if (reader->message[0] != 0) return failure(reader);
    if (!TIFFSetDirectory(tiff, 0)) return CIC_STATUS_FAILED;
    if (has_more) return unsupported(reader, "several pages; split it into files of one page");
    uint16_t bits = 1, channels = 1, format = SAMPLEFORMAT_UINT, photometric = 0, turn = 1;
    uint16_t planes = PLANARCONFIG_CONTIG, compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &turn);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planes);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric)) {
        return unsupported(reader, "no photometric interpretation");
    }
    if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID) {
        return unsupported(reader, "signed or floating-point samples");
    }
    if (bits != 8 && bits != 16) return unsupported(reader, "samples that are not of 8 or 16 bits");
    if (photometric == PHOTOMETRIC_YCBCR && compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        photometric = PHOTOMETRIC_RGB;
    }
    bool is_grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
    if (!is_grey && photometric != PHOTOMETRIC_RGB) {
        return unsupported(reader, "colours that are neither grey nor RGB");
    }
    if (is_grey ? channels > 2 : channels < 3 || channels > 4) {
        return unsupported(reader, "channels beside grey, RGB and alpha");
    }
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    reader->is_planar = planes == PLANARCONFIG_SEPARATE && channels > 1;
    if (TIFFIsTiled(tiff) && reader->is_planar) {
        return unsupported(reader, "tiles with channels apart");
    }
    reader->is_white_zero = photometric == PHOTOMETRIC_MINISWHITE;
    reader->info = (cic_image_info){
        .width = width, .height = height, .channel_count = channels, .bit_depth = bits};
    *info = reader->info;
    *orientation = turn;
    return CIC_STATUS_OK;
}

static bool read_rows(cic_tiff_reader *reader, uint8_t *samples) {
    size_t sample = (size_t)reader->info.bit_depth / 8;
    size_t channels = (size_t)reader->info.channel_count;
    size_t width = reader->info.width;
    size_t expected = width * sample * (reader->is_planar ? 1 : channels);
    if ((size_t)TIFFScanlineSize64(reader->tiff) != expected) return false;
    if (!reader->is_planar) {
        for (uint32_t y = 0; y < reader->info.height; y++) {
            if (TIFFReadScanline(reader->tiff, samples + y * expected, y, 0) < 0) return false;
        }
        return true;
    }
    uint8_t *row = malloc(expected);
    bool is_whole = row != NULL;
    for (size_t channel = 0; is_whole && channel < channels; channel++) {
        for (uint32_t y = 0; is_whole && y < reader->info.height; y++) {
            is_whole = TIFFReadScanline(reader->tiff, row, y, (uint16_t)channel) >= 0;
            uint8_t *target = samples + (y * width * channels + channel) * sample;
            for (size_t x = 0; x < width; x++) {
                memcpy(target + x * channels * sample, row + x * sample, sample);
            }
        }
    }
    free(row);
    return is_whole;
}

static bool read_tiles(cic_tiff_reader *reader, uint8_t *samples) {
    uint32_t tile_width = 0, tile_height = 0;
    TIFFGetField(reader->tiff, TIFFTAG_TILEWIDTH, &tile_width);
    TIFFGetField(reader->tiff, TIFFTAG_TILELENGTH, &tile_height);
    size_t pixel = (size_t)reader->info.channel_count * (size_t)reader->info.bit_depth / 8;
    size_t tile_bytes = (size_t)TIFFTileSize64(reader->tiff);
    // Sizes are 32 bits each, so that the product of two cannot overflow 64; the third is checked.
    if (tile_width == 0 || tile_height == 0
        || tile_bytes / tile_width / tile_height != pixel) {
        return false;
    }
    uint8_t *tile = malloc(tile_bytes);
    bool is_whole = tile != NULL;
    for (size_t top = 0; is_whole && top < reader->info.height; top += tile_height) {
        for (size_t left = 0; is_whole && left < reader->info.width; left += tile_width) {
            is_whole =
                TIFFReadTile(reader->tiff, tile, (uint32_t)left, (uint32_t)top, 0, 0) >= 0;
            size_t columns = reader->info.width - left;
            if (columns > tile_width) columns = tile_width;
            size_t rows = reader->info.height - top;
            if (rows > tile_height) rows = tile_height;
            for (size_t y = 0; is_whole && y < rows; y++) {
                memcpy(
                    samples + ((top + y) * reader->info.width + left) * pixel,
                    tile + y * tile_width * pixel, columns * pixel);
            }
        }
    }
    free(tile);
    return is_whole;
}

cic_status cic_tiff_reader_read_pixels(cic_tiff_reader *reader, void *samples, size_t byte_count) {
    size_t sample = (size_t)reader->info.bit_depth / 8;
    size_t channels = (size_t)reader->info.channel_count;
    if (byte_count != (size_t)reader->info.width * reader->info.height * channels * sample) {
        return CIC_STATUS_FAILED;
    }
    bool is_whole =
        TIFFIsTiled(reader->tiff) ? read_tiles(reader, samples) : read_rows(reader, samples);
    if (!is_whole) {
        if (reader->message[0] == 0) {
            snprintf(reader->message, CIC_MESSAGE_SIZE, "the rows do not have the announced size");
        }
        return failure(reader);
    }
    if (reader->is_white_zero) {
        // The grey channel only; alpha stays as it is.
        uint8_t *bytes = samples;
        for (size_t start = 0; start < byte_count; start += channels * sample) {
            for (size_t byte = 0; byte < sample; byte++) bytes[start + byte] ^= 0xFF;
        }
    }
    return CIC_STATUS_OK;
}

const char *cic_tiff_reader_message(const cic_tiff_reader *reader) { return reader->message; }

void cic_tiff_reader_free(cic_tiff_reader *reader) {
    if (reader->tiff != NULL) TIFFClose(reader->tiff);
    free(reader);
}
