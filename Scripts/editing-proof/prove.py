"""Measures `skiagraph edit` on held-out real images and writes one self-contained page.

    make build
    python3 -m venv .venv-proof
    .venv-proof/bin/pip install --require-hashes -r Scripts/editing-proof/requirements.txt
    .venv-proof/bin/python Scripts/editing-proof/prove.py --data ../shared/data

(a) Regions of chest, shoulder, knee and hand are erased and filled in; inside the mask, SSIM and mean absolute error
    against the true pixels, beside the mean of what is left and OpenCV's inpainting of Telea and of Navier and Stokes.
(b) A knee is continued to a whole body.
(c) Side markers are removed.

Images are taken from the test splits in the order of the SHA-256 of their names, and every result is on the page. A run that was
stopped goes on when it is started again; times are those of the whole command.
"""

import argparse
import base64
import csv
import hashlib
import html
import json
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
REGIONS = {
    "chest": ["nih-cxr-1000", "kermany-cxr-224", "covid-cxr-ccby"],
    "shoulder": ["shoulder-implant-xr"],
    "knee": ["knee-oa-xr"],
    "hand": ["mednist"],
}
FILLING = ["--guidance", "1"]  # what surrounds the region leads, not the prompt
METHODS = ["model", "mean fill", "Telea", "Navier-Stokes"]
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:84rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:right}th:first-child,
td:first-child{text-align:left}figure{display:inline-block;margin:.4rem}figcaption{font-size:12px;color:#444}
img{image-rendering:auto;background:#000;max-width:100%}.best{font-weight:700}"""


def images(data, sets, anatomy):
    """Radiographs of the test splits in the order of their names' hashes, as (path, prompt)."""
    found = []
    for name in sets:
        with open(data / name / "manifest.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["split"] == "test" and row["modality"] == "XR" and row["anatomy"] == anatomy:
                    found.append((data / name / row["file"], row["prompt"]))
    return sorted(found, key=lambda item: hashlib.sha256(item[0].name.encode()).hexdigest())


def erased_box(path, width, height):
    """A square of a third of the shorter side, placed by the name's hash within the middle of the picture."""
    digest = hashlib.sha256(b"box" + path.name.encode()).digest()
    side = min(width, height) // 3
    left = width // 6 + (width - width // 3 - side) * digest[0] // 255
    top = height // 6 + (height - height // 3 - side) * digest[1] // 255
    return left, top, side, side


class Editor:
    """The program with the options of this run; keeps what it answered and how long it took."""

    def __init__(self, options):
        self.options = options
        self.path = options.out / "answers.json"
        self.answers = json.loads(self.path.read_text()) if self.path.exists() else {}

    def run(self, verb, source, *arguments):
        """The result lines of an edit, and its seconds."""
        command = [self.options.program, "edit", verb, str(source), *map(str, arguments)]
        command += ["--json", "--no-archive", "--seed", "0", "--model", self.options.model, "-o", str(self.options.out / "files")]
        if self.options.steps:
            command += ["--steps", str(self.options.steps)]
        key = " ".join(command[2:])
        if key not in self.answers:
            start = time.monotonic()
            result = subprocess.run(command, capture_output=True, text=True)
            seconds = time.monotonic() - start
            if result.returncode != 0:
                sys.exit(f"{' '.join(command)}\n{result.stderr}")
            lines = [json.loads(line) for line in result.stdout.splitlines()]
            self.answers[key] = {"lines": lines, "seconds": seconds}
            self.path.write_text(json.dumps(self.answers))
        return self.answers[key]["lines"], self.answers[key]["seconds"]


def pixels(path):
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        sys.exit(f"{path} cannot be read")
    return image


def similarity_map(first, second):
    """SSIM of every pixel (Wang et al. 2004: Gaussian window of 11 pixels and sigma 1.5)."""

    def local(values):
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    x, y = first.astype(float), second.astype(float)
    mean_x, mean_y = local(x), local(y)
    variances = local(x * x) - mean_x**2 + local(y * y) - mean_y**2
    covariance = local(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return (2 * mean_x * mean_y + c1) * (2 * covariance + c2) / ((mean_x**2 + mean_y**2 + c1) * (variances + c2))


def scores(candidate, truth, mask):
    """SSIM and mean absolute error (of 255) inside the mask."""
    difference = np.abs(truth.astype(float) - candidate.astype(float))
    return float(similarity_map(truth, candidate)[mask].mean()), float(difference[mask].mean())


def embedded(array, scale=1):
    if scale != 1:
        array = cv2.resize(array, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, file = cv2.imencode(".png", array)
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(file).decode()}">'


def figure(array, caption, scale=1):
    return f"<figure>{embedded(array, scale)}<figcaption>{html.escape(caption)}</figcaption></figure>"


def fill_in(editor, options):
    """Part (a): the table of means and every picture."""
    rows, parts = [], []
    for region, sets in REGIONS.items():
        found = images(options.data, sets, region)[: options.count]
        results = {method: [] for method in METHODS}
        seconds = []
        for path, prompt in found:
            truth = pixels(path)
            height, width = truth.shape
            left, top, box_width, box_height = erased_box(path, width, height)
            mask = np.zeros(truth.shape, bool)
            mask[top : top + box_height, left : left + box_width] = True
            erased = truth.copy()
            erased[mask] = 0
            source = options.out / "erased" / f"{region}-{path.stem}.png"
            source.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(source), erased)  # the program never sees the true pixels
            box = f"{left},{top},{box_width},{box_height}"
            lines, duration = editor.run("inpaint", source, "--box", box, *FILLING, "--prompt", prompt)
            seconds.append(duration)
            painted = {"model": pixels(lines[0]["path"])}
            assert (painted["model"][~mask] == truth[~mask]).all(), f"{source}: pixels outside of the mask changed"
            painted["mean fill"] = np.where(mask, np.uint8(round(truth[~mask].mean())), truth)
            flags = mask.astype(np.uint8)
            painted["Telea"] = cv2.inpaint(erased, flags, 3, cv2.INPAINT_TELEA)
            painted["Navier-Stokes"] = cv2.inpaint(erased, flags, 3, cv2.INPAINT_NS)
            captions = []
            for method in METHODS:
                value = scores(painted[method], truth, mask)
                results[method].append(value)
                captions.append((painted[method], f"{method}: SSIM {value[0]:.3f}, MAE {value[1]:.1f}"))
            scale = 192 / max(truth.shape)
            parts.append(
                f"<h4>{html.escape(region)}, {html.escape(path.name)}: {html.escape(prompt)} ({duration:.1f} s)</h4>"
                + figure(truth, "true", scale)
                + figure(erased, "erased", scale)
                + "".join(figure(array, caption, scale) for array, caption in captions)
            )
            print(f"{region} {path.name}: " + ", ".join(caption for _, caption in captions), flush=True)
        for method in METHODS:
            values = np.array(results[method])
            rows.append(
                {
                    "region": region,
                    "method": method,
                    "images": len(found),
                    "ssim": float(values[:, 0].mean()),
                    "mae": float(values[:, 1].mean()),
                    "seconds": float(np.mean(seconds)) if method == "model" else None,
                }
            )
    return rows, parts


def table(rows):
    cells = ["<table><tr><th>region<th>method<th>images<th>SSIM inside<th>MAE inside<th>s an image</tr>"]
    for row in rows:
        same = [other for other in rows if other["region"] == row["region"]]
        best = ' class="best"' if row["ssim"] == max(other["ssim"] for other in same) else ""
        seconds = "" if row["seconds"] is None else f"{row['seconds']:.1f}"
        cells.append(
            f"<tr{best}><td>{row['region']}<td>{row['method']}<td>{row['images']}<td>{row['ssim']:.3f}"
            f"<td>{row['mae']:.1f}<td>{seconds}</tr>"
        )
    return "".join(cells) + "</table>"


def knee_to_body(editor, options):
    """Part (b): the page's part and the measures."""
    path, _ = images(options.data, REGIONS["knee"], "knee")[0]
    knee = cv2.resize(pixels(path), (256, 256), interpolation=cv2.INTER_AREA)
    source = options.out / "knee.png"
    cv2.imwrite(str(source), knee)
    lines, seconds = editor.run(
        "outpaint", source, "--to", options.body, "--plan", "body", "--prompt", "An X-ray of the knee"
    )
    measures = lines[0]["measures"] | {"seconds": seconds, "size": options.body}
    caption = f"{path.name} to {options.body}: {seconds:.0f} s, seam score {measures['seam_score']:.3f}"
    print(f"{caption}, worst border {measures['seam_score_worst']:.3f}", flush=True)
    part = figure(knee, "the knee") + figure(pixels(lines[0]["path"]), caption)
    return measures, part


def marker_boxes(array):
    """Bright letters and discs near the upper corners and the sides, where side markers are: (x, y, w, h)."""
    height, width = array.shape
    side = 2 * (min(height, width) // 16) + 1
    raised = cv2.morphologyEx(array, cv2.MORPH_TOPHAT, np.ones((side, side), np.uint8))
    bright = (raised >= 60).astype(np.uint8)
    # Letters that stand together are one marker.
    count, labels = cv2.connectedComponents(cv2.dilate(bright, np.ones((7, 7), np.uint8)))
    boxes = []
    for label in range(1, count):
        rows, columns = np.nonzero((labels == label) & (bright > 0))
        x, y, w, h = columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1
        is_small = 5 <= w <= width // 5 and 7 <= h <= height // 5 and len(rows) >= max(20, 0.25 * w * h)
        is_aside = x + w / 2 < width / 5 or x + w / 2 > width * 4 / 5
        is_inside = x > 1 and y > 1 and x + w < width - 1 and y + h / 2 < height / 2
        if is_small and 0.4 <= h / w <= 4 and is_aside and is_inside:
            boxes.append((int(x), int(y), int(w), int(h)))
    return boxes


def remove_markers(editor, options):
    """Part (c): every picture in which a marker was found, also where it was none."""
    parts, seconds = [], []
    for path, prompt in images(options.data, ["nih-cxr-1000"], "chest"):
        if len(parts) >= options.markers:
            break
        array = pixels(path)
        boxes = marker_boxes(array)
        if not boxes:
            continue
        source = options.out / f"marked-{path.stem}.png"
        cv2.imwrite(str(source), array)
        arguments = [word for box in boxes for word in ["--box", ",".join(map(str, box))]]
        lines, duration = editor.run(
            "remove", source, *arguments, "--prompt", prompt, "--element", "side marker", "--candidates", 2
        )
        seconds.append(duration)
        marked = cv2.cvtColor(array, cv2.COLOR_GRAY2BGR)
        for x, y, w, h in boxes:
            cv2.rectangle(marked, (x - 2, y - 2), (x + w + 1, y + h + 1), (0, 80, 255), 1)
        parts.append(
            f"<h4>{html.escape(path.name)} ({duration:.1f} s)</h4>"
            + figure(marked, "found by brightness and place")
            + "".join(figure(pixels(line["path"]), f"candidate {k + 1}") for k, line in enumerate(lines))
        )
        print(f"marker {path.name}: {boxes}", flush=True)
    return {"images": len(parts), "seconds": float(np.mean(seconds)) if seconds else None}, parts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of image sets with manifest.csv")
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "skiagraph"))
    parser.add_argument("--model", default="radiograph-mini")
    parser.add_argument("--out", type=Path, default=Path("out/editing-proof"))
    parser.add_argument("--count", type=int, default=20, help="images a region")
    parser.add_argument("--markers", type=int, default=10, help="images with markers")
    parser.add_argument("--steps", type=int, help="denoising steps (default: the model's)")
    parser.add_argument("--body", default="768x2048", help="size of the canvas around the knee")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    editor = Editor(options)
    rows, filled = fill_in(editor, options)
    body, body_part = knee_to_body(editor, options)
    markers, marker_parts = remove_markers(editor, options)
    model = Path(options.model).name
    report = {"model": model, "filled": rows, "body": body, "markers": markers}
    (options.out / "proof.json").write_text(json.dumps(report, indent=2) + "\n")
    page = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Edits of real radiographs</title>
<style>{STYLE}</style><h1>Edits of real radiographs with {html.escape(model)}</h1>
<p>Held-out images in the order of the hashes of their names; every result is shown, none is selected. SSIM and mean
absolute error (of 255) are taken inside of the erased region only. What is painted is synthetic.</p>
<h2>Erased regions filled in</h2>{table(rows)}{''.join(filled)}
<h2>From a knee to a body</h2>{body_part}
<h2>Side markers removed</h2>{''.join(marker_parts)}</html>
"""
    (options.out / "proof.html").write_text(page, encoding="utf-8")
    print(f"{options.out / 'proof.html'}: {len(page) >> 20} MiB")
    chest = {row["method"]: row["ssim"] for row in rows if row["region"] == "chest"}
    beaten = all(chest["model"] > chest[method] for method in METHODS[1:])
    print(f"chest SSIM: {chest}; the model beats all: {beaten}")
