"""Draws the chest X-rays of the experiment: so many for training, by patient, and all of the test split."""

import csv
import hashlib
import json
import re

SETS = ["nih-cxr-1000", "kermany-cxr-224", "covid-cxr-ccby"]
COUNT = 3165
# The patient in the names of a set's files; a set without a pattern has no numbers, so each image is a patient of its own.
PATIENTS = {"nih-cxr-1000": r"\d+", "kermany-cxr-224": r"person\d+|(NORMAL2-)?IM-\d+"}


def rows(data, name):
    """The rows of a set's manifest that are chest X-rays."""
    with open(data / name / "manifest.csv", newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return [row for row in table if (row["modality"], row["anatomy"]) == ("XR", "chest")]


def patient(name, row):
    stem = row["file"].rsplit("/", 1)[-1]
    found = name in PATIENTS and re.match(PATIENTS[name], stem)
    return found.group() if found else stem


def drawn(name, table, count, seed):
    """Whole patients in the order of their hashes until there are `count` images; one who has too many is passed over."""
    patients = {}
    for row in table:
        patients.setdefault(patient(name, row), []).append(row)
    order = sorted(patients, key=lambda one: hashlib.sha256(f"{seed} {name} {one}".encode()).digest())
    chosen = []
    for one in order:
        if len(chosen) + len(patients[one]) <= count:
            chosen += patients[one]
    if len(chosen) != count:
        raise SystemExit(f"{name} gives {len(chosen)} images in whole patients, not {count}; try another --seed")
    return chosen


def draw(data, out, seed):
    """Writes a folder of sets that training reads, its images links into `data`.

    Small sets are taken whole and the largest gives the rest, so that adults and COVID-19 are not lost among the children.
    """
    tables = {name: rows(data, name) for name in SETS}
    training = {name: [row for row in table if row["split"] == "train"] for name, table in tables.items()}
    left = COUNT
    account = {}
    for position, name in enumerate(sorted(SETS, key=lambda name: len(training[name]))):
        count = min(len(training[name]), left // (len(SETS) - position))
        chosen = drawn(name, training[name], count, seed)
        left -= count
        test = [row for row in tables[name] if row["split"] == "test"]
        write(data / name, out / name, chosen + test)
        account[name] = {
            "train": len(chosen),
            "patients": len({patient(name, row) for row in chosen}),
            "test": len(test),
        }
    if left:
        raise SystemExit(f"the sets have {left} chest X-rays too few to train on; {COUNT} are needed")
    (out / "drawn.json").write_text(json.dumps({"seed": seed, "sets": account}, indent=2) + "\n")
    return account


def write(source, folder, table):
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "images"
    if not link.exists():
        link.symlink_to(source.resolve() / "images", target_is_directory=True)
    with open(folder / "manifest.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(table, key=lambda row: row["file"]))


def everything(data, out):
    """Writes a folder of all chest X-rays, train and test, that the classifier of findings is made from."""
    for name in SETS:
        write(data / name, out / name, rows(data, name))
