"""Writes Tests/Goldens/imaging: small PNG and JPEG files with the pixels they must decode to, and
what Pillow's resampling and scikit-image's metrics make of seeded pictures.

    python3 -m venv .venv-imaging
    .venv-imaging/bin/pip install -r Scripts/make-imaging-goldens.requirements.txt
    .venv-imaging/bin/python Scripts/make-imaging-goldens.py

PNG pixels are known because this script encodes them itself (Pillow reads no 16-bit colour); JPEG
pixels, luma and resampled pictures are Pillow's.
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, PngImagePlugin
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "imaging"
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6


def picture(height, width, channels, seed, maximum=255):
    """A smooth picture with edges and noise, [height, width, channels]."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = [
        0.5 + 0.3 * np.sin((c + 2) * x / width * 3 + c) * np.cos((c + 1) * y / height * 4)
        + 0.2 * ((x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 3) ** 2)
        for c in range(channels)
    ]
    values = np.stack(planes, -1) + random.normal(0, 0.05, (height, width, channels))
    return np.clip(np.rint(values * maximum), 0, maximum).astype(np.uint16 if maximum > 255 else np.uint8)


def described(array):
    """An image as JSON: size and little-endian samples in base64."""
    array = array if array.ndim == 3 else array[..., None]
    height, width, channels = array.shape
    return {
        "width": width, "height": height, "channelCount": channels, "bitDepth": 8 * array.itemsize,
        "samples": base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode(),
    }


# PNG

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(indices, depth):
    """Rows of samples [h, w, c] as filtered (type 0) PNG scan lines."""
    lines = b""
    for row in indices:
        if depth == 16:
            line = row.astype(">u2").tobytes()
        elif depth == 8:
            line = row.astype(np.uint8).tobytes()
        else:
            bits = np.unpackbits(row.astype(np.uint8).reshape(-1, 1), axis=1)[:, 8 - depth:]
            line = np.packbits(bits.reshape(-1)).tobytes()
        lines += b"\0" + line
    return lines


def png(indices, depth, color_type, before=(), after=(), interlaced=False):
    height, width = indices.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    if interlaced:
        passes = [indices[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(packed_rows(part, depth) for part in passes if part.size)
    else:
        data = packed_rows(indices, depth)
    body = b"".join(chunk(kind, content) for kind, content in before)
    tail = b"".join(chunk(kind, content) for kind, content in after)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body
            + chunk(b"IDAT", zlib.compress(data, 9)) + tail + chunk(b"IEND", b""))


def with_key_alpha(array, key):
    alpha = np.where((array == key).all(-1, keepdims=True), 0, np.iinfo(array.dtype).max)
    return np.concatenate([array, alpha.astype(array.dtype)], -1)


def png_cases():
    height, width = 11, 13
    for depth in (1, 2, 4):
        levels = picture(height, width, 1, depth, 2**depth - 1)
        expected = levels * (255 // (2**depth - 1))
        for interlaced in (False, True):
            name = f"grey{depth}" + ("-interlaced" if interlaced else "")
            yield name, png(levels, depth, GREY, interlaced=interlaced), expected
        colors = picture(1, 2**depth, 3, 10 + depth)[0]
        palette = (b"PLTE", colors.tobytes())
        yield f"palette{depth}", png(levels, depth, PALETTE, [palette]), colors[levels[..., 0]]
    levels = picture(height, width, 1, 20, 99)
    colors = np.random.default_rng(21).integers(0, 256, (100, 3), np.uint8)
    alphas = np.random.default_rng(22).integers(0, 256, 40, np.uint8)
    all_alphas = np.concatenate([alphas, np.full(60, 255, np.uint8)])
    palette = (b"PLTE", colors.tobytes())
    transparent = np.concatenate([colors, all_alphas[:, None]], -1)
    yield "palette8", png(levels, 8, PALETTE, [palette]), colors[levels[..., 0]]
    yield ("palette8-transparent-interlaced",
           png(levels, 8, PALETTE, [palette, (b"tRNS", alphas.tobytes())], interlaced=True),
           transparent[levels[..., 0]])
    types = {1: GREY, 2: GREY_ALPHA, 3: RGB, 4: RGBA}
    for channels, color_type in types.items():
        for depth in (8, 16):
            array = picture(height, width, channels, 30 + channels, 2**depth - 1)
            for interlaced in (False, True):
                name = f"channels{channels}-{depth}bit" + ("-interlaced" if interlaced else "")
                yield name, png(array, depth, color_type, interlaced=interlaced), array
            if channels in (1, 3):
                key = (b"tRNS", array[5, 6].astype(">u2").tobytes())
                yield (f"channels{channels}-{depth}bit-transparent", png(array, depth, color_type, [key]),
                       with_key_alpha(array, array[5, 6]))
    array = picture(height, width, 3, 40)
    profile = b"profile\0\0" + zlib.compress(b"not a colour profile")
    ignored = [(b"gAMA", struct.pack(">I", 100000)), (b"iCCP", profile)]
    yield "gamma-and-profile", png(array, 8, RGB, ignored), array
    exif = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    yield "orientation6", png(array, 8, RGB, [(b"eXIf", exif)]), np.rot90(array, -1)


# JPEG

def jpeg(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


def decoded(data, draft=None):
    image = Image.open(io.BytesIO(data))
    if draft:
        image.draft(draft, None)
    image = ImageOps.exif_transpose(image)
    return np.asarray(image.convert("RGB") if image.mode == "CMYK" else image)


def jpeg_cases():
    colour = Image.fromarray(picture(24, 35, 3, 50))
    grey = Image.fromarray(picture(24, 35, 1, 51)[..., 0])
    inks = Image.fromarray(picture(24, 35, 4, 52), "CMYK")
    cmyk = jpeg(inks, subsampling=0)
    adobe = cmyk.index(b"Adobe") + 11
    assert cmyk[adobe] == 0
    ycck = cmyk[:adobe] + b"\2" + cmyk[adobe + 1:]
    files = {
        "grey": jpeg(grey),
        "grey-progressive": jpeg(grey, progressive=True),
        "ycbcr444": jpeg(colour, subsampling=0),
        "ycbcr420": jpeg(colour, subsampling=2),
        "ycbcr420-progressive": jpeg(colour, subsampling=2, progressive=True),
        "ycbcr422-restarts": jpeg(colour, subsampling=1, restart_marker_blocks=2),
        "rgb": jpeg(colour, keep_rgb=True),
        "cmyk": cmyk,
        "ycck": ycck,
    }
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        files[f"orientation{orientation}"] = jpeg(grey, exif=exif)
    exif = bytearray(Image.Exif().tobytes())
    files["damaged-exif"] = jpeg(grey, exif=bytes(exif[:10]) + b"\xff\xff\xff\xff\xff")
    for name, data in files.items():
        yield name, data, decoded(files["grey"] if name == "damaged-exif" else data)


def write_files():
    cases = []
    for extension, found in (("png", png_cases()), ("jpg", jpeg_cases())):
        for name, data, expected in found:
            (FOLDER / f"{name}.{extension}").write_bytes(data)
            cases.append({"file": f"{name}.{extension}", "image": described(expected)})
    for path in sorted(FOLDER.glob("ycbcr*.jpg")):
        cases.append({"file": path.name, "channels": "grey",
                      "image": described(decoded(path.read_bytes(), draft="L"))})
    write_json("decoding.json", cases)


# Text

def write_text():
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "plain latin-1: \u00e9\u00fc\u00df")
    text.add_text("Comment", "compressed " * 30, zip=True)
    text.add_itxt("Description", "\u624b\u306e X\u7dda \U0001f9b4", lang="ja", tkey="\u8aac\u660e")
    text.add_itxt("Notes", "also compressed " * 30, zip=True)
    text.add_text("Title", "a second title")
    buffer = io.BytesIO()
    Image.fromarray(picture(5, 7, 1, 60)[..., 0]).save(buffer, "PNG", pnginfo=text)
    data = buffer.getvalue()
    end = data.index(b"IEND") - 4
    (FOLDER / "text.png").write_bytes(data[:end] + chunk(b"tEXt", b"Late\0behind the pixels") + data[end:])


# Arithmetic

def resized(array, size, filter):
    """Pillow's resampling; 16-bit colour goes through it channel by channel."""
    if array.dtype == np.uint16:
        planes = [np.asarray(Image.fromarray(plane).resize(size, filter))
                  for plane in np.moveaxis(array, -1, 0)]
        return np.stack(planes, -1)
    return np.asarray(Image.fromarray(array.squeeze()).resize(size, filter))


def write_resizing():
    filters = {name: getattr(Image.Resampling, name.upper()) for name in ("bilinear", "bicubic", "lanczos")}
    sources = {f"channels{c}-8bit": picture(29, 37, c, 70 + c) for c in (1, 2, 3, 4)}
    sources["channels1-16bit"] = picture(29, 37, 1, 75, 65535)
    sources["channels3-16bit"] = picture(29, 37, 3, 76, 65535)
    cases = []
    for name, source in sources.items():
        for filter, constant in filters.items():
            for size in ((16, 41), (61, 13)):
                cases.append({"source": name, "filter": filter,
                              "image": described(resized(source, size, constant))})
    write_json("resizing.json",
               {"sources": {name: described(source) for name, source in sources.items()}, "cases": cases})


def write_luma():
    colour = np.random.default_rng(80).integers(0, 256, (16, 16, 3), np.uint8)
    write_json("luma.json", {"image": described(colour),
                             "grey": described(np.asarray(Image.fromarray(colour).convert("L")))})


def write_metrics():
    cases = []
    for seed, (height, width, noise, maximum) in enumerate(
            [(33, 40, 0.02, 255), (33, 40, 0.2, 255), (11, 11, 0.1, 255), (25, 60, 0.05, 65535)]):
        reference = picture(height, width, 1, 90 + seed, maximum)[..., 0]
        errors = np.random.default_rng(seed).normal(0, noise * maximum, reference.shape)
        image = np.clip(np.rint(reference + errors), 0, maximum).astype(reference.dtype)
        cases.append({
            "reference": described(reference), "image": described(image),
            "psnr": peak_signal_noise_ratio(reference, image, data_range=maximum),
            "ssim": structural_similarity(
                image.astype(np.float64), reference.astype(np.float64), gaussian_weights=True,
                sigma=1.5, use_sample_covariance=False, data_range=maximum),
        })
    write_json("metrics.json", cases)


def write_json(name, value):
    (FOLDER / name).write_text(json.dumps(value, indent=1) + "\n")


FOLDER.mkdir(parents=True, exist_ok=True)
write_files()
write_text()
write_resizing()
write_luma()
write_metrics()
