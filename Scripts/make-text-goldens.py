"""Writes Tests/Goldens/imaging/text: pictures with and without text, for BurnedInTextTests.

usage: make-text-goldens.py    (with Pillow 13 and the fonts of fonts-dejavu; prints where the text is)
"""

import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

out = pathlib.Path(__file__).parent.parent / "Tests/Goldens/imaging/text"
out.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(7)


def body(width=256, height=256, low=10, high=150, noise=3):
    """Something round and smooth with a little noise."""
    y, x = np.mgrid[0:height, 0:width]
    distance = np.hypot((x - width / 2) / (0.42 * width), (y - height / 2) / (0.42 * height))
    levels = low + (high - low) * np.clip(1.2 - distance**2, 0, 1) + rng.normal(0, noise, (height, width))
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def write(name, picture, *texts, size=14, face="DejaVuSans", fill=255, bar=False):
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(f"/usr/share/fonts/truetype/dejavu/{face}.ttf", size)
    boxes = []
    for (x, y), text in texts:
        box = draw.textbbox((x, y), text, font=font)
        if bar:
            draw.rectangle((box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2), fill=0)
        draw.text((x, y), text, font=font, fill=fill)
        boxes.append(box)
    picture.save(out / f"{name}.png", optimize=True)
    if boxes:
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
        print(f'        "{name}": PixelRectangle(x: {left}, y: {top}, width: {right - left}, height: {bottom - top}),')


write("top-left", body(), ((4, 4), "DOE^JOHN 1961"))
write("bottom-right", body(), ((120, 236), "ID 17848121"), face="DejaVuSansMono-Bold")
write("on-bright", body(low=150, high=190), ((6, 6), "MUSTER ERIKA"), face="DejaVuSans-Bold")
write("on-bar", body(low=150, high=220), ((90, 6), "2001-03-27 14:05"), bar=True)
write("two-lines", body(), ((4, 4), "Sample Jane"), ((4, 22), "1978-07-19"), size=12)
write("large", body(1200, 1100, noise=0), ((20, 20), "TEST PATIENT"), size=60, face="DejaVuSans-Bold")
write("middle", body(), ((80, 120), "DOE^JOHN"))
write("marker", body(), ((10, 10), "R"), size=24)
write("smooth", body(high=240))
noise = rng.integers(0, 256, (200, 200)).astype(np.uint8)
Image.fromarray(noise).resize((256, 256)).save(out / "noise.png", optimize=True)
grid = np.zeros((256, 256), np.uint8)
grid[::16] = grid[:, ::16] = 255
Image.fromarray(grid).save(out / "grid.png", optimize=True)
