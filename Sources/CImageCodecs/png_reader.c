// SPDX-License-Identifier: Apache-2.0

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "CImageCodecs.h"

// Text and EXIF are the only ancillary data kept; these bound what a hostile file can make of them.
static const png_uint_32 maximum_kept_chunks = 64;
static const png_alloc_size_t maximum_chunk_bytes = 4 << 20;

struct cic_png_reader {
    png_structp png;
    png_infop info;
    const uint8_t *bytes;
    size_t count;
    size_t position;
    bool is_truncated;
    char message[CIC_MESSAGE_SIZE];
};

static void fail(png_structp png, png_const_charp message) {
    cic_png_reader *reader = png_get_error_ptr(png);
    strncpy(reader->message, message, CIC_MESSAGE_SIZE - 1);
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep destination, size_t count) {
    cic_png_reader *reader = png_get_io_ptr(png);
    if (count > reader->count - reader->position) {
        reader->is_truncated = true;
        png_error(png, "the file ends early");
    }
    memcpy(destination, reader->bytes + reader->position, count);
    reader->position += count;
}

static cic_status failure(const cic_png_reader *reader) {
    return reader->is_truncated ? CIC_STATUS_TRUNCATED : CIC_STATUS_FAILED;
}

cic_png_reader *cic_png_reader_create(
    const uint8_t *bytes, size_t count, uint32_t maximum_side) {
    cic_png_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    reader->bytes = bytes;
    reader->count = count;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, ignore_warning);
    if (reader->png == NULL) {
        free(reader);
        return NULL;
    }
    if (setjmp(png_jmpbuf(reader->png))) {
        cic_png_reader_free(reader);
        return NULL;
    }
    reader->info = png_create_info_struct(reader->png);
    if (reader->info == NULL) png_error(reader->png, "out of memory");
    png_set_read_fn(reader->png, reader, read_bytes);
    png_set_user_limits(reader->png, maximum_side, maximum_side);
    png_set_chunk_cache_max(reader->png, maximum_kept_chunks);
    png_set_chunk_malloc_max(reader->png, maximum_chunk_bytes);
    png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, (png_const_bytep) "iCCP", 1);
    return reader;
}

cic_status cic_png_reader_read_header(cic_png_reader *reader, cic_image_info *info) {
    if (setjmp(png_jmpbuf(reader->png))) return failure(reader);
    png_structp png = reader->png;
    png_read_info(png, reader->info);
    int color_type = png_get_color_type(png, reader->info);
    bool is_transparent = (color_type & PNG_COLOR_MASK_ALPHA) != 0
        || png_get_valid(png, reader->info, PNG_INFO_tRNS) != 0;
    info->width = png_get_image_width(png, reader->info);
    info->height = png_get_image_height(png, reader->info);
    info->channel_count = ((color_type & PNG_COLOR_MASK_COLOR) ? 3 : 1) + (is_transparent ? 1 : 0);
    info->bit_depth = png_get_bit_depth(png, reader->info) == 16 ? 16 : 8;
    return CIC_STATUS_OK;
}

cic_status cic_png_reader_read_pixels(cic_png_reader *reader, void *samples, size_t byte_count) {
    if (setjmp(png_jmpbuf(reader->png))) return failure(reader);
    png_structp png = reader->png;
    png_set_expand(png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    png_set_swap(png);
#endif
    int pass_count = png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
    size_t row_bytes = png_get_rowbytes(png, reader->info);
    size_t height = png_get_image_height(png, reader->info);
    if (samples != NULL && row_bytes * height != byte_count) {
        png_error(png, "the pixel layout changed after the header");
    }
    for (int pass = 0; pass < pass_count; pass++) {
        for (size_t row = 0; row < height; row++) {
            png_read_row(png, samples == NULL ? NULL : (png_bytep)samples + row * row_bytes, NULL);
        }
    }
    png_read_end(png, reader->info);
    return CIC_STATUS_OK;
}

size_t cic_png_reader_text_count(cic_png_reader *reader) {
    png_textp text = NULL;
    int count = 0;
    png_get_text(reader->png, reader->info, &text, &count);
    return count > 0 ? (size_t)count : 0;
}

cic_text cic_png_reader_text(cic_png_reader *reader, size_t index) {
    png_textp text = NULL;
    int count = 0;
    png_get_text(reader->png, reader->info, &text, &count);
    png_text entry = text[index];
    return (cic_text){
        .keyword = entry.key != NULL ? entry.key : "",
        .value = entry.text != NULL ? entry.text : "",
        .is_utf8 = entry.compression >= PNG_ITXT_COMPRESSION_NONE,
    };
}

const uint8_t *cic_png_reader_exif(cic_png_reader *reader, size_t *count) {
    png_uint_32 length = 0;
    png_bytep exif = NULL;
    *count = 0;
    if (png_get_eXIf_1(reader->png, reader->info, &length, &exif) == 0) return NULL;
    *count = length;
    return exif;
}

const char *cic_png_reader_message(const cic_png_reader *reader) { return reader->message; }

void cic_png_reader_free(cic_png_reader *reader) {
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
    free(reader);
}
