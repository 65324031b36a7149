"""Measures which copies of training images `skiagraph release check` finds out.

    .venv-release/bin/python Scripts/measure-memorization-check.py PROGRAM DATA

DATA is the training data: sets with a manifest.csv each. Of every set, PER_SET training images are altered in the ways
below, and as many images of its test split are taken as they are. All enter an archive of their own as pictures that the
model made, and the program compares them. Printed are how many the check holds back, and of how many it names the
training image that was altered.
"""

import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, PngImagePlugin

PER_SET = 5
SIDE = 256
NOISE = np.random.default_rng(5).normal(0, 12, (SIDE, SIDE))


def recompressed(image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=30)
    return Image.open(buffer)


def shifted(image, levels):
    return Image.fromarray(np.clip(np.asarray(image) + levels, 0, 255).astype(np.uint8))


WAYS = {
    "unchanged": lambda image: image,
    "JPEG of quality 30": recompressed,
    "noise, deviation 12": lambda image: shifted(image, NOISE),
    "blur of 2 pixels": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    "12 levels brighter": lambda image: shifted(image, 12),
    "4 pixels to the side": lambda image: Image.fromarray(np.roll(np.asarray(image), 4, axis=1)),
    "7 % larger": lambda image: image.crop((8, 8, SIDE - 8, SIDE - 8)).resize((SIDE, SIDE), Image.BICUBIC),
    "mirrored": lambda image: image.transpose(Image.FLIP_LEFT_RIGHT),
}


def square(path):
    image = Image.open(path).convert("L")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.BICUBIC)


def pictures(data):
    """How each was made, the training image behind it, and the picture."""
    choice = random.Random(5)
    for manifest in sorted(data.glob("*/manifest.csv")):
        rows = list(csv.DictReader(manifest.open()))
        for split in ("train", "test"):
            found = [row["file"] for row in rows if row["split"] == split]
            for file in choice.sample(found, min(PER_SET, len(found))):
                image = square(manifest.parent / file)
                if split == "test":
                    yield "held out", None, image
                else:
                    for way, alter in WAYS.items():
                        yield way, f"{manifest.parent.name}/{file}", alter(image)


def main(program, data):
    with tempfile.TemporaryDirectory() as folder:

        def run(*words):
            command = [program, *words, "--workspace", f"{folder}/workspace"]
            return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

        made = run("generate", "A hand", "--steps", "1", "-o", f"{folder}/made", "--no-archive").split()[0]
        provenance = PngImagePlugin.PngInfo()
        for keyword, text in Image.open(made).text.items():
            provenance.add_itxt(keyword, text)
        origins = []
        for number, (way, source, image) in enumerate(pictures(Path(data)), start=1):
            image.save(f"{folder}/{number:05}.png", pnginfo=provenance)
            origins.append((way, source))
        files = sorted(str(path) for path in Path(folder).glob("*.png"))
        imported = run("archive", "import", *files, "--source", "altered", "--json").splitlines()
        origin = {json.loads(line)["id"]: origins[index] for index, line in enumerate(imported)}
        total, held, named = Counter(), Counter(), Counter()
        for line in run("release", "check", "--data", data, "--json").splitlines():
            finding = json.loads(line)
            way, source = origin[finding["image"]]
            total[way] += 1
            held[way] += not finding["passed"]
            named[way] += finding["check"]["nearest"] == source
    print(f"{'altered how':22} {'held back':>12} {'named':>12}")
    for way in [*WAYS, "held out"]:
        print(f"{way:22} {held[way]:4} of {total[way]:4} {named[way]:4} of {total[way]:4}")


if __name__ == "__main__":
    main(*sys.argv[1:])
