"""Prints a DICOM file as pydicom reads it: JSON of the data set without its pixels, and their sum.

usage: attributes.py FILE
"""

import json
import sys

import pydicom

ds = pydicom.dcmread(sys.argv[1])
pixels = ds.pixel_array
del ds.PixelData
print(json.dumps({
    "elements": {element.keyword: element.to_json_dict(None, 1024).get("Value", []) for element in ds},
    "transferSyntax": ds.file_meta.TransferSyntaxUID,
    "shape": pixels.shape,
    "pixels": pixels.flatten().tolist(),
}))
