"""Loads a released folder as a user of Python does and prints what came of it as JSON.

usage: load_release.py FOLDER CACHE
"""

import csv
import json
import os
import sys

folder, cache = sys.argv[1:]
os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_CACHE=cache, HF_HOME=cache)

import datasets
import mlcroissant
import numpy
import pydicom
import yaml

datasets.disable_progress_bars()


def rows(dataset):
    return [
        {key: (list(value.size), value.mode) if key == "image" else value for key, value in row.items()}
        for row in dataset["train"]
    ]


def plain(value):
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "getpixel"):  # in RGB, whatever the file has
        return numpy.asarray(value.convert("L")).tolist()
    return value


croissant = mlcroissant.Dataset(f"{folder}/metadata.json")
metadata = croissant.metadata
card = open(f"{folder}/README.md", encoding="utf-8").read()
found = {
    "errors": sorted(metadata.issues.errors),
    "warnings": sorted(metadata.issues.warnings),
    "version": str(metadata.ctx.conforms_to.value),
    "rai": {
        "collection": metadata.data_collection,
        "biases": metadata.data_biases,
        "privacy": metadata.personal_sensitive_information,
        "annotation": metadata.data_annotation_protocol,
    },
    "records": [
        {key.removeprefix("images/"): plain(value) for key, value in record.items()}
        for record in croissant.records("images")
    ],
    "imagefolder": rows(datasets.load_dataset("imagefolder", data_dir=folder)),
    "card": rows(datasets.load_dataset(folder)),
    "header": yaml.safe_load(card.split("---\n")[1]),
    "csv": list(csv.DictReader(open(f"{folder}/manifest.csv", encoding="utf-8", newline=""))),
    "dicom": {},
}
for name in sorted(os.listdir(f"{folder}/dicom")) if os.path.isdir(f"{folder}/dicom") else []:
    data = pydicom.dcmread(f"{folder}/dicom/{name}")
    found["dicom"][name] = {
        "synthetic": data[0x0008, 0x001C].value,
        "pixels": data.pixel_array.tolist(),
    }
print(json.dumps(found, default=lambda value: value.item()))
