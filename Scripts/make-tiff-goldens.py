"""Writes Tests/Goldens/imaging/tiff: small TIFF files whose samples TIFFDecoderTests computes again.

usage: python3 -m venv V && V/bin/pip install numpy==2.4.6 pillow==13.0.0 tifffile==2025.5.10
       V/bin/python Scripts/make-tiff-goldens.py
"""

import pathlib

import numpy as np
import tifffile
from PIL import Image

WIDTH, HEIGHT = 37, 23
out = pathlib.Path(__file__).parent.parent / "Tests/Goldens/imaging/tiff"
out.mkdir(parents=True, exist_ok=True)
y, x, c = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
rgb8 = ((7 * x + 13 * y + 50 * c) % 256).astype(np.uint8)
rgb16 = ((1000 * x + 377 * y + 5000 * c) % 65536).astype(np.uint16)
grey8, grey16 = rgb8[..., 0], rgb16[..., 0]

Image.fromarray(grey8).save(out / "grey8-lzw.tif", compression="tiff_lzw")
Image.fromarray(grey16).save(out / "grey16-deflate.tif", compression="tiff_adobe_deflate")
Image.fromarray(rgb8).save(out / "rgb8-packbits.tif", compression="packbits")
Image.fromarray(grey8).save(out / "grey8-turned.tif", tiffinfo={274: 6})
Image.fromarray(grey8 > 99).save(out / "bilevel.tif", compression="group4")


def write(name, data, **options):
    options = {"metadata": None, "software": False, "compression": None} | options
    tifffile.imwrite(out / name, data, **options)


write("grey16-big-endian.tif", grey16, byteorder=">", photometric="minisblack")
write("grey16-white-is-zero.tif", 65535 - grey16, photometric="miniswhite")
write("rgb16-tiled.tif", rgb16, tile=(16, 16), photometric="rgb")
write("rgb8-planar.tif", np.moveaxis(rgb8, 2, 0), photometric="rgb", planarconfig="separate")
write("grey-float.tif", grey16.astype(np.float32), photometric="minisblack")
write("two-pages.tif", np.stack([grey8, grey8]), photometric="minisblack")
for path in sorted(out.iterdir()):
    print(path.name, path.stat().st_size)
