// SPDX-License-Identifier: Apache-2.0

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// jpeglib.h needs stdio.h first.
#include <jerror.h>
#include <jpeglib.h>

#include "CImageCodecs.h"

// A hostile progressive file can hold thousands of scans, each a pass over the whole picture.
enum { maximum_scan_count = 100 };

struct cic_jpeg_reader {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    cic_status failure;
    char message[JMSG_LENGTH_MAX];
};

static void escape_with(cic_jpeg_reader *reader, cic_status failure) {
    reader->failure = failure;
    longjmp(reader->escape, 1);
}

static void fail(j_common_ptr common) {
    cic_jpeg_reader *reader = common->client_data;
    common->err->format_message(common, reader->message);
    switch (common->err->msg_code) {
    case JERR_INPUT_EOF:
    case JERR_INPUT_EMPTY:
        escape_with(reader, CIC_STATUS_TRUNCATED);
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
        escape_with(reader, CIC_STATUS_UNSUPPORTED);
    default:
        escape_with(reader, CIC_STATUS_FAILED);
    }
}

// libjpeg fills damaged regions with grey and calls that a warning; here it is an error, since
// nobody should read invented pixels. Departures that cost no pixels pass.
static void judge_warning(j_common_ptr common, int level) {
    if (level >= 0) return;
    switch (common->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:
        return;
    default:
        fail(common);
    }
}

static void stay_quiet(j_common_ptr common) { (void)common; }

static void limit_scans(j_common_ptr common) {
    cic_jpeg_reader *reader = common->client_data;
    if (reader->decoder.input_scan_number <= maximum_scan_count) return;
    snprintf(reader->message, sizeof reader->message, "more than %d scans", maximum_scan_count);
    escape_with(reader, CIC_STATUS_FAILED);
}

static void do_nothing(j_decompress_ptr decoder) { (void)decoder; }

static boolean end_of_input(j_decompress_ptr decoder) {
    ERREXIT(decoder, JERR_INPUT_EOF);
    return FALSE;
}

static void skip_input(j_decompress_ptr decoder, long count) {
    if (count <= 0) return;
    if ((size_t)count > decoder->src->bytes_in_buffer) ERREXIT(decoder, JERR_INPUT_EOF);
    decoder->src->next_input_byte += count;
    decoder->src->bytes_in_buffer -= (size_t)count;
}

cic_jpeg_reader *cic_jpeg_reader_create(const uint8_t *bytes, size_t count) {
    cic_jpeg_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    decoder->err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = fail;
    reader->errors.emit_message = judge_warning;
    reader->errors.output_message = stay_quiet;
    decoder->client_data = reader;
    if (setjmp(reader->escape)) {
        cic_jpeg_reader_free(reader);
        return NULL;
    }
    jpeg_create_decompress(decoder);
    reader->source = (struct jpeg_source_mgr){
        .next_input_byte = bytes,
        .bytes_in_buffer = count,
        .init_source = do_nothing,
        .fill_input_buffer = end_of_input,
        .skip_input_data = skip_input,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = do_nothing,
    };
    decoder->src = &reader->source;
    reader->progress.progress_monitor = limit_scans;
    decoder->progress = &reader->progress;
    jpeg_save_markers(decoder, JPEG_APP0 + 1, 0xFFFF);
    return reader;
}

cic_status cic_jpeg_reader_read_header(
    cic_jpeg_reader *reader, bool wants_grey, cic_image_info *info,
    uint32_t *working_bytes_per_pixel) {
    if (setjmp(reader->escape)) return reader->failure;
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    jpeg_read_header(decoder, TRUE);
    switch (decoder->jpeg_color_space) {
    case JCS_GRAYSCALE:
        decoder->out_color_space = JCS_GRAYSCALE;
        break;
    case JCS_YCbCr:
        decoder->out_color_space = wants_grey ? JCS_GRAYSCALE : JCS_RGB;
        break;
    case JCS_RGB:
        decoder->out_color_space = JCS_RGB;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        decoder->out_color_space = JCS_CMYK;
        break;
    default:
        snprintf(
            reader->message, sizeof reader->message, "%d colour components",
            decoder->num_components);
        return CIC_STATUS_UNSUPPORTED;
    }
    jpeg_calc_output_dimensions(decoder);
    info->width = decoder->output_width;
    info->height = decoder->output_height;
    info->channel_count = decoder->out_color_components;
    info->bit_depth = 8;
    // Files in several scans keep every DCT coefficient, two bytes each, until the last scan.
    *working_bytes_per_pixel =
        jpeg_has_multiple_scans(decoder) ? sizeof(JCOEF) * (uint32_t)decoder->num_components : 0;
    return CIC_STATUS_OK;
}

cic_status cic_jpeg_reader_read_pixels(cic_jpeg_reader *reader, void *samples, size_t byte_count) {
    if (setjmp(reader->escape)) return reader->failure;
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    jpeg_start_decompress(decoder);
    size_t row_bytes = (size_t)decoder->output_width * decoder->output_components;
    if (row_bytes * decoder->output_height != byte_count) {
        snprintf(
            reader->message, sizeof reader->message, "the pixel layout changed after the header");
        return CIC_STATUS_FAILED;
    }
    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = (JSAMPROW)samples + decoder->output_scanline * row_bytes;
        jpeg_read_scanlines(decoder, &row, 1);
    }
    jpeg_finish_decompress(decoder);
    return CIC_STATUS_OK;
}

const uint8_t *cic_jpeg_reader_exif(cic_jpeg_reader *reader, size_t *count) {
    static const char prefix[6] = "Exif\0";
    *count = 0;
    for (jpeg_saved_marker_ptr marker = reader->decoder.marker_list; marker != NULL;
         marker = marker->next) {
        if (marker->marker != JPEG_APP0 + 1 || marker->data_length <= sizeof prefix) continue;
        if (memcmp(marker->data, prefix, sizeof prefix) != 0) continue;
        *count = marker->data_length - sizeof prefix;
        return marker->data + sizeof prefix;
    }
    return NULL;
}

const char *cic_jpeg_reader_message(const cic_jpeg_reader *reader) { return reader->message; }

void cic_jpeg_reader_free(cic_jpeg_reader *reader) {
    jpeg_destroy_decompress(&reader->decoder);
    free(reader);
}
