// SPDX-License-Identifier: Apache-2.0

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "CImageCodecs.h"

// Lives on the heap, where a longjmp leaves it alone.
typedef struct {
    png_structp png;
    png_infop info;
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    char *message;
} png_writer;

static void fail(png_structp png, png_const_charp message) {
    png_writer *writer = png_get_error_ptr(png);
    strncpy(writer->message, message, CIC_MESSAGE_SIZE - 1);
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void append_bytes(png_structp png, png_bytep source, size_t count) {
    png_writer *writer = png_get_io_ptr(png);
    if (count > writer->capacity - writer->count) {
        size_t capacity = 2 * writer->capacity + count;
        uint8_t *bytes = realloc(writer->bytes, capacity);
        if (bytes == NULL) png_error(png, "out of memory");
        writer->bytes = bytes;
        writer->capacity = capacity;
    }
    memcpy(writer->bytes + writer->count, source, count);
    writer->count += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static void add_text(png_writer *writer, const cic_text *text) {
    static char empty[] = "";
    png_text entry = {
        .compression = text->is_utf8 ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE,
        .key = (png_charp)text->keyword,
        .text = (png_charp)text->value,
        .lang = empty,
        .lang_key = empty,
    };
    png_set_text(writer->png, writer->info, &entry, 1);
}

static const int color_types[] = {
    PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA,
};

static cic_status encode(
    png_writer *writer, const cic_image_info *info, const void *samples, const cic_text *text,
    size_t text_count) {
    if (setjmp(png_jmpbuf(writer->png))) return CIC_STATUS_FAILED;
    png_structp png = writer->png;
    writer->info = png_create_info_struct(png);
    if (writer->info == NULL) png_error(png, "out of memory");
    png_set_write_fn(png, writer, append_bytes, flush_nothing);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    // Fixed, so that the same picture always becomes the same bytes.
    png_set_compression_level(png, 6);
    png_set_compression_strategy(png, Z_FILTERED);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
    png_set_IHDR(
        png, writer->info, info->width, info->height, info->bit_depth,
        color_types[info->channel_count - 1], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
        PNG_FILTER_TYPE_BASE);
    for (size_t index = 0; index < text_count; index++) add_text(writer, &text[index]);
    png_write_info(png, writer->info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (info->bit_depth == 16) png_set_swap(png);
#endif
    size_t row_bytes = (size_t)info->width * info->channel_count * (info->bit_depth / 8);
    for (size_t row = 0; row < info->height; row++) {
        png_write_row(png, (png_const_bytep)samples + row * row_bytes);
    }
    png_write_end(png, NULL);
    return CIC_STATUS_OK;
}

cic_status cic_png_encode(
    const cic_image_info *info, const void *samples, const cic_text *text, size_t text_count,
    uint8_t **encoded, size_t *encoded_count, char message[CIC_MESSAGE_SIZE]) {
    *encoded = NULL;
    *encoded_count = 0;
    memset(message, 0, CIC_MESSAGE_SIZE);
    cic_status status = CIC_STATUS_FAILED;
    png_writer *writer = calloc(1, sizeof *writer);
    if (writer != NULL) {
        writer->message = message;
        writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, fail, ignore_warning);
    }
    if (writer == NULL || writer->png == NULL) {
        strncpy(message, "out of memory", CIC_MESSAGE_SIZE - 1);
        free(writer);
        return status;
    }
    status = encode(writer, info, samples, text, text_count);
    png_destroy_write_struct(&writer->png, &writer->info);
    if (status == CIC_STATUS_OK) {
        *encoded = writer->bytes;
        *encoded_count = writer->count;
    } else {
        free(writer->bytes);
    }
    free(writer);
    return status;
}

void cic_free(void *memory) { free(memory); }
