"""Draws pictures that look a little like chest radiographs, and writes them as PNG files."""

import math
import random
import struct
import zlib


def chest(seed, side=320, is_fake=False):
    """The grey values, row by row, of a chest: two lungs, spine, heart and ribs."""
    generator = random.Random(seed)
    tilt, heart = generator.uniform(-0.05, 0.05), generator.uniform(0.16, 0.24)
    rows = []
    for row in range(side):
        y = row / side * 2 - 1
        values = bytearray()
        for column in range(side):
            x = column / side * 2 - 1 + tilt * y
            value = 150 * smooth(1.05 - math.hypot(x * 0.95, y * 0.75))
            for lung in (-0.42, 0.42):
                value -= 105 * smooth((0.36 - math.hypot((x - lung) * 1.15, (y + 0.05) * 0.55)) * 2)
            value += 60 * math.exp(-((x / 0.085) ** 2))
            value += 75 * smooth((heart - math.hypot((x - 0.12) * 0.8, (y - 0.3) * 0.75)) * 3)
            rib = math.sin((y + 0.35 * x * x) * 22 + (0.7 if is_fake else 0))
            value += 14 * max(0, rib) ** 2 * smooth(1 - abs(x))
            values.append(max(0, min(255, int(value + 22 + generator.gauss(0, 5)))))
        rows.append(bytes(values))
    return rows


def smooth(value):
    """0 below 0, 1 above 0.3, and a smooth step between."""
    place = max(0.0, min(1.0, value / 0.3))
    return place * place * (3 - 2 * place)


def write_png(path, rows):
    """Writes grey rows of 8 bits."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, content in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")):
            file.write(struct.pack(">I", len(content)) + kind + content)
            file.write(struct.pack(">I", zlib.crc32(kind + content)))
