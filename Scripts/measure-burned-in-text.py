"""Writes pictures with and without burned-in text, to measure how much of it is found.

usage: measure-burned-in-text.py OUT IMAGES... [--count N]

OUT/text gets copies of the images with a line of the kind that scanners draw (names, dates, numbers
that nobody has) near a border, in five faces and seven sizes; OUT/clean gets the same images as they are.
Then `skiagraph data import OUT/text --into A --modality XR --anatomy chest` counts those set aside;
Documentation/Data.md has the figures. Needs Pillow 13 and the fonts of fonts-dejavu.
"""

import argparse
import pathlib
import random

from PIL import Image, ImageDraw, ImageFont

FACES = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono", "DejaVuSerif", "DejaVuSansMono-Bold"]
SIZES = [8, 10, 12, 14, 18, 24, 32]
FOLDER = "/usr/share/fonts/truetype/dejavu"


def line(random):
    name = random.choice(["DOE^JOHN", "Sample, Jane", "MUSTER ERIKA", "Rossi Mario", "TEST PATIENT"])
    date = f"{random.randint(1930, 2015)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    number = f"ID {random.randint(10**5, 10**8)}"
    return random.choice([name, date, number, f"{name} {date}", f"{number} {name}"])


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("images", nargs="+", type=pathlib.Path)
parser.add_argument("--count", type=int, default=400)
options = parser.parse_args()
random.seed(0)
chosen = random.sample(sorted(options.images), min(options.count, len(options.images)))
for kind in ("text", "clean"):
    (options.out / kind).mkdir(parents=True, exist_ok=True)
for index, path in enumerate(chosen):
    picture = Image.open(path).convert("L")
    picture.save(options.out / "clean" / f"{index:04}.png")
    # The size of a real radiograph's text over its picture: that of 512 pixels and more.
    size = random.choice([s for s in SIZES if s <= picture.height / 10] or SIZES[:1])
    font = ImageFont.truetype(f"{FOLDER}/{random.choice(FACES)}.ttf", size)
    text = line(random)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    margin = random.randint(2, 12)
    x = random.choice([margin, max(margin, picture.width - right - margin)])
    y = random.choice([margin - top, picture.height - bottom - margin])
    if random.random() < 0.3:  # some machines draw on a black bar
        draw.rectangle((x + left - 2, y + top - 2, x + right + 2, y + bottom + 2), fill=0)
    draw.text((x, y), text, font=font, fill=random.choice([255, 255, 240, 220]))
    picture.save(options.out / "text" / f"{index:04}.png")
