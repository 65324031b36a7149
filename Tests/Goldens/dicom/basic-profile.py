"""Writes basic-profile.csv and every-identifier.dcm, to which Tests/WorkflowsTests/Data/DeidentificationTests.swift holds the import.

usage: basic-profile.py

basic-profile.csv lists the attributes of PS3.15 Table E.1-1 with the action of the Basic Profile: D, Z, X or U, or several, as in the
standard. every-identifier.dcm is a CT slice of 24x32 pixels that has all of them, each with a value that occurs nowhere else:
text "ZQ" and the tag's digits, dates in 1907, times of 23:58, UIDs below 1.2.826.0.1.3680043.10.1.907. Also a window whose
name is a person's, a caption-like description, a private attribute, and an overlay. Needs pydicom 3.0.2 and
dicom-anonymizer 2.1.0, whose database 2026c is the table.
"""

import csv
import pathlib

import numpy as np
import pydicom
from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c as table
from pydicom.datadict import dictionary_has_tag, dictionary_VR, keyword_for_tag
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

FOLDER = pathlib.Path(__file__).parent
LISTS = {
    "D": "D_TAGS", "Z": "Z_TAGS", "X": "X_TAGS", "U": "U_TAGS", "Z/D": "Z_D_TAGS", "X/Z": "X_Z_TAGS", "X/D": "X_D_TAGS",
    "X/Z/D": "X_Z_D_TAGS", "X/Z/U*": "X_Z_U_STAR_TAGS",
}
ROOT = "1.2.826.0.1.3680043.10.1.907"


def mark(tag):
    return f"ZQ{tag:08X}"


def value(tag, vr):
    """A value that gives its attribute away; numbers and bytes hold the tag too."""
    texts = {"AS": "093Y", "DA": "19070809", "TM": "235807", "DT": "19070809235807", "UI": f"{ROOT}.{tag}", "IS": str(tag % 2**31)}
    if vr == "SQ":
        item = Dataset()
        item.PatientName = mark(tag)
        return Sequence([item])
    if vr in ("OB", "OW", "OF", "OD", "OV", "UN", "OB or OW"):
        return mark(tag).encode()
    if vr in ("US", "SS", "UL", "SL", "FD", "FL", "SV", "UV", "US or SS"):
        return 19070
    return texts.get(vr, "1907.0809" if vr == "DS" else mark(tag))


entries = []
for action, name in LISTS.items():
    # Of a repeating group the first member stands for all.
    entries += [(numbers[0] << 16 | numbers[1], action) for numbers in getattr(table, name)]
entries.sort()

with open(FOLDER / "basic-profile.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["tag", "keyword", "action"])
    for tag, action in entries:
        writer.writerow([f"({tag >> 16:04X},{tag & 0xFFFF:04X})", keyword_for_tag(tag), action])

ds = Dataset()
for tag, _ in entries:
    # Commands, the head of the file and of a DICOMDIR, curves and overlays, and what follows the pixels.
    if tag >> 16 in (0x0000, 0x0002, 0x0004, 0x5000, 0x6000, 0xFFFA, 0xFFFC):
        continue
    vr = dictionary_VR(tag) if dictionary_has_tag(tag) else "LO"
    ds.add_new(tag, vr if " or " not in vr else vr.split(" or ")[-1], value(tag, vr))

ds.PatientSex = "F"
ds.SOPClassUID = CTImageStorage
ds.Modality = "CT"
ds.BodyPartExamined = "CHEST"
ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
ds.WindowCenter, ds.WindowWidth, ds.WindowCenterWidthExplanation = 500, 1000, "ZQWINDOW^NAME"
ds.add_new(0x00090010, "LO", "ZQPRIVATE")
ds.add_new(0x00091001, "LO", "ZQPRIVATE VALUE")
ds.add_new(0x60000010, "US", 24)
ds.add_new(0x60000011, "US", 32)
ds.add_new(0x60000022, "LO", "ZQOVERLAY")
ds.add_new(0x60000040, "CS", "G")
ds.add_new(0x60000050, "SS", [1, 1])
ds.add_new(0x60000100, "US", 1)
ds.add_new(0x60000102, "US", 0)
ds.add_new(0x60003000, "OW", b"\xff" * 96)
ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
ds.Rows, ds.Columns = 24, 32
ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 0
ds.RescaleSlope, ds.RescaleIntercept = 1, 0
ds.BurnedInAnnotation = "NO"
ds.PixelData = (np.arange(24 * 32, dtype="<u2") % 1000).tobytes()
ds.file_meta = FileMetaDataset()
ds.file_meta.MediaStorageSOPClassUID = CTImageStorage
ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
ds.file_meta.SourceApplicationEntityTitle = "ZQSOURCEAE"
pydicom.dcmwrite(FOLDER / "every-identifier.dcm", ds, enforce_file_format=True)
print(len(entries), "attributes of the table,", len(ds), "in the file")
