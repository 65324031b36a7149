"""Fine-tunes a model on 3,165 chest X-rays and measures what that changes, as Documentation/SpotTheFakeLungs.md tells.

    make build
    python3 Scripts/spot-the-fake-lungs/experiment.py DATA OUT

DATA is a folder of image sets, each with images and a manifest.csv, OUT takes everything that is made. A run that was stopped goes
on when it is started again with the same arguments; --hours ends the training for today. Needs nothing but Python's standard library.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import draw
import report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GROUPS = ["chest", "ct"]
VARIANTS = ["before", "after"]


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog=__doc__.split("\n\n", 1)[1], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of image sets")
    parser.add_argument("out", type=Path, help="folder of the experiment")
    parser.add_argument("--seed", type=int, default=0, help="which patients are drawn (0)")
    parser.add_argument("--model", default=str(ROOT / "PretrainedModels/radiograph-mini"), help="what is fine-tuned")
    parser.add_argument("--method", choices=["lora", "full"], default="lora", help="a small file of changes, or all weights")
    parser.add_argument("--config", type=Path, help="settings of the training (lora.json or full.json beside this script)")
    parser.add_argument("--hours", type=float, help="end the training after so many hours; run again to go on")
    parser.add_argument("--prior", type=Path, help="image sets of what the model is not to forget")
    parser.add_argument("--images", type=int, default=25, help="pictures of each prompt, of the seeds from 0 on (25)")
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32", help="type of the numbers when drawing")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="device that draws")
    parser.add_argument("--region-classifier", default=str(ROOT / "PretrainedModels/region-classifier"))
    parser.add_argument("--program", default=str(ROOT / ".build/release/skiagraph"))
    options = parser.parse_args()
    options.config = options.config or HERE / f"{options.method}.json"
    return options


class Experiment:
    """The steps, each of which finds what an earlier run has left."""

    def __init__(self, options):
        self.options = options
        self.out = options.out
        self.data = self.out / "data"

    def run(self, *words, output=None):
        """Runs the program; its progress goes to the terminal, its result into `output`, which appears when it is whole."""
        command = [self.options.program, *map(str, words)]
        partial = output and output.with_suffix(".part")
        with open(partial or os.devnull, "wb") as file:
            status = subprocess.run(command, stdout=file).returncode
        if status:
            print(f"stopped (status {status}): {' '.join(command)}\nthe same command goes on", file=sys.stderr)
            sys.exit(status if status > 0 else 128 - status)
        if partial:
            partial.replace(output)

    def step(self, text):
        print(f"== {text}", file=sys.stderr, flush=True)

    def draw(self):
        self.step(f"draw {draw.COUNT} chest X-rays of the train split, by patient")
        note = self.data / "drawn.json"
        if note.exists() and json.loads(note.read_text())["seed"] != self.options.seed:
            sys.exit(f"{self.out} was drawn with another seed; give that one, or another folder")
        account = draw.draw(self.options.data, self.data, self.options.seed)
        for name, counts in account.items():
            print(f"   {name}: {counts['train']} images of {counts['patients']} patients, {counts['test']} to test on", file=sys.stderr)
        draw.everything(self.options.data, self.out / "judge-data")

    def train_judge(self):
        self.step("train a classifier of findings on real images only, and test it")
        folder, found = self.out / "judge", self.out / "results/judge.json"
        if not found.exists():
            self.run(
                *("train", "classifier", "--by", "finding", "--data", self.out / "judge-data", "--out", folder, "--json"), output=found
            )

    def train(self):
        self.step("fine-tune")
        if (self.out / "training/model/README.md").exists():
            return
        extra = ["--hours", self.options.hours] if self.options.hours else []
        extra += ["--prior", self.options.prior] if self.options.prior else []
        self.run(
            *("train", self.options.method, "--data", self.data, "--model", self.options.model),
            *("--config", self.options.config, "--out", self.out / "training", *extra),
        )
        if not (self.out / "training/model/README.md").exists():
            sys.exit("the training has not ended; run again to go on")

    def pictures(self, variant, group):
        return self.out / "pictures" / variant / group

    def generate(self, variant):
        """Pictures of every prompt and seed, none left out."""
        trained = self.out / "training/model"
        model = ["--model", trained if variant == "after" and self.options.method == "full" else self.options.model]
        if variant == "after" and self.options.method == "lora":
            model += ["--lora", trained]
        for group in GROUPS:
            self.step(f"draw {variant} the fine-tuning: {group}")
            common = [*model, "--prompts-file", HERE / f"{group}.txt", "--seed", 0, "-o", self.pictures(variant, group)]
            common += ["--dtype", self.options.dtype, "--device", self.options.device, "--no-archive", "--json"]
            listing = self.out / f"results/{variant}-{group}.jsonl"
            self.run("generate", *common, "-n", self.options.images, output=listing)
            sheet = self.pictures(variant, group) / "sheet.png"
            if not sheet.exists():
                self.run("generate", *common, "-n", min(4, self.options.images), "--sheet")

    def measure(self, variant):
        self.step(f"measure the pictures {variant} the fine-tuning")
        results = self.out / "results"
        for group in GROUPS:
            self.run(
                *("evaluate", "recognition", "--folder", self.pictures(variant, group), "--json"),
                *("--classifier", self.options.region_classifier),
                output=results / f"{variant}-{group}-region.json",
            )
        chest = self.pictures(variant, "chest")
        self.run(
            *("evaluate", "recognition", "--folder", chest, "--classifier", self.out / "judge/model", "--json"),
            output=results / f"{variant}-chest-finding.json",
        )
        self.run(
            *("evaluate", "memorization", "--folder", chest, "--data", self.data, "--json"),
            *("--classifier", self.options.region_classifier, "--sheet", results / f"{variant}-nearest.part.png"),
            output=results / f"{variant}-chest-nearest.json",
        )
        (results / f"{variant}-nearest.part.png").replace(results / f"{variant}-nearest.png")

    def manifest(self):
        """One row a picture: what was asked, by whom it was drawn, and what the classifiers took it for."""
        rows = []
        for variant in VARIANTS:
            for group in GROUPS:
                seen = {}
                for kind in ["region", "finding"]:
                    path = self.out / f"results/{variant}-{group}-{kind}.json"
                    for entry in json.loads(path.read_text())["entries"] if path.exists() else []:
                        for name, answer in zip(entry["files"], entry["seen"]):
                            seen.setdefault(name, {"expected": entry["expected"]})[kind] = answer
                for line in (self.out / f"results/{variant}-{group}.jsonl").read_text().splitlines():
                    picture = json.loads(line)
                    path = Path(picture["path"])
                    rows.append(
                        {
                            "file": path.resolve().relative_to(self.out.resolve()),
                            "variant": variant,
                            "prompt": picture["prompt"],
                            "seed": picture["seed"],
                            "status": picture["status"],
                            "model": picture["provenance"]["model"],
                            "region seen": seen.get(path.name, {}).get("region", ""),
                            "finding seen": seen.get(path.name, {}).get("finding", ""),
                            "sha256": hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "",
                        }
                    )
        with open(self.out / "manifest.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def __call__(self):
        (self.out / "results").mkdir(parents=True, exist_ok=True)
        self.draw()
        self.train_judge()
        self.generate("before")
        self.train()
        self.generate("after")
        for variant in VARIANTS:
            self.measure(variant)
        self.manifest()
        text = report.text(self.out / "results", json.loads((self.data / "drawn.json").read_text()))
        (self.out / "report.md").write_text(text)
        print(text)


if __name__ == "__main__":
    Experiment(arguments())()
