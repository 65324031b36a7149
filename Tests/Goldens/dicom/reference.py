"""What pydicom makes of DICOM files: stored values and the result of modality and VOI LUT.

usage: reference.py OUT [FOLDER...]

Reads pydicom's own test files, the files of FOLDER, and files that it writes itself into OUT/made. For each, OUT gets
NAME.stored (float64, one a sample, row by row; colours as RGB) and NAME.display (float64, 0 black
to 1 white). OUT/index.json lists path, size and channels, or why pydicom gives no image.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import pydicom
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, RLELossless, generate_uid

warnings.simplefilter("ignore")


def stored_bounds(ds):
    bits = ds.BitsStored
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if ds.PixelRepresentation else (0, 2**bits - 1)


def grey(ds, stored):
    rescaled = apply_modality_lut(stored, ds)
    if ds.get("VOILUTSequence"):
        depth = ds.VOILUTSequence[0].LUTDescriptor[2]
        brightness = apply_voi_lut(rescaled.astype(np.int64), ds) / (2.0**depth - 1)
    elif ds.get("WindowCenter", None) is not None:
        if ds.get("ModalityLUTSequence"):
            low, high = 0, 2 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
        else:
            slope, intercept = ds.get("RescaleSlope", 1), ds.get("RescaleIntercept", 0)
            low, high = (bound * slope + intercept for bound in stored_bounds(ds))
        brightness = (apply_voi_lut(rescaled.astype(np.float64), ds) - low) / (high - low)
    else:
        inside = stored != ds.PixelPaddingValue if "PixelPaddingValue" in ds else stored == stored
        low, high = float(rescaled[inside].min()), float(rescaled[inside].max())
        brightness = np.clip((rescaled - low) / max(high - low, 1e-300), 0, 1)
    return 1 - brightness if ds.PhotometricInterpretation == "MONOCHROME1" else brightness


def describe(path, name, out):
    ds = pydicom.dcmread(path, force=True)
    stored = ds.pixel_array
    if int(ds.get("NumberOfFrames", 1) or 1) > 1:
        stored = stored[0]
    channels = 1 if stored.ndim == 2 else stored.shape[2]
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        colors = apply_color_lut(stored, ds)
        shown, channels = colors / np.iinfo(colors.dtype).max, 3
    else:
        shown = grey(ds, stored) if channels == 1 else stored / (2.0**ds.BitsStored - 1)
    stored.astype(np.float64).tofile(out / f"{name}.stored")
    np.asarray(shown, np.float64).tofile(out / f"{name}.display")
    return {"path": str(path), "width": stored.shape[1], "height": stored.shape[0], "channels": channels}


# --- Files of our own: what pydicom's lack ---------------------------------------------------------


def lut(first, entries, bits):
    item = Dataset()
    item.LUTDescriptor = [len(entries) % 65536, first, bits]
    item["LUTDescriptor"].VR = "SS" if first < 0 else "US"
    # Too long for the 16-bit length that US has.
    item.LUTData = np.asarray(entries, "<u2").tobytes()
    item["LUTData"].VR = "OW"
    return item


def made(bits, signed, seed, **attributes):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, generate_uid(entropy_srcs=[str(seed)])
    ds.Modality, ds.PhotometricInterpretation, ds.SamplesPerPixel = "CT", "MONOCHROME2", 1
    ds.Rows, ds.Columns = 23, 37
    ds.BitsAllocated = 8 if bits <= 8 else 16
    ds.BitsStored, ds.HighBit, ds.PixelRepresentation = bits, bits - 1, int(signed)
    low, high = stored_bounds(ds)
    pixels = np.random.default_rng(seed).integers(low, high + 1, (23, 37))
    pixels[0, 0], pixels[0, 1] = low, high
    kind = ("i" if signed else "u") + str(ds.BitsAllocated // 8)
    data = pixels.astype("<" + kind).tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OB" if ds.BitsAllocated == 8 else "OW"
    for keyword, value in attributes.items():
        setattr(ds, keyword, value)
    return ds


def own_files():
    window = {"WindowCenter": 40, "WindowWidth": 400}
    ct = {"RescaleSlope": 1, "RescaleIntercept": -1024}
    for bits in range(8, 17):
        yield f"unsigned{bits}", made(bits, False, bits)
        yield f"signed{bits}", made(bits, True, bits, WindowCenter=-3.5, WindowWidth=0.7 * 2**bits)
    yield "ct-window", made(12, False, 20, **ct, **window)
    yield "ct-inverse", made(12, False, 21, **ct, **window, PhotometricInterpretation="MONOCHROME1")
    yield "fraction", made(16, True, 22, RescaleSlope="0.25", RescaleIntercept="-7.5", **window)
    yield "negative-slope", made(12, False, 23, RescaleSlope=-1, RescaleIntercept=100, **window)
    yield "threshold", made(12, False, 24, WindowCenter=2048, WindowWidth=1)
    yield "exact", made(12, False, 25, **window, VOILUTFunction="LINEAR_EXACT")
    yield "sigmoid", made(12, False, 26, **ct, **window, VOILUTFunction="SIGMOID")
    yield "two-windows", made(12, False, 27, WindowCenter=[900, 40], WindowWidth=[800, 400])
    yield "padded", made(12, True, 28, PixelPaddingValue=-2048)
    rng = np.random.default_rng(5)
    table = np.sort(rng.integers(0, 4096, 1000))
    yield "voi-table", made(12, False, 29, VOILUTSequence=[lut(500, table, 12)])
    yield "voi-table-signed", made(12, True, 30, VOILUTSequence=[lut(-600, table, 12)])
    yield "voi-table-full", made(16, False, 31, VOILUTSequence=[lut(0, np.arange(65536)[::-1], 16)])
    yield "modality-table", made(12, False, 32, ModalityLUTSequence=[lut(100, table * 16, 16)])
    yield "both-tables", made(12, False, 33, ModalityLUTSequence=[lut(0, table * 16, 16)],
                              VOILUTSequence=[lut(1000, table, 12)])
    yield "constant", made(8, False, 34, PixelData=b"\7" * (23 * 37 + 1))
    rle = made(12, True, 35, **window)
    rle.compress(RLELossless)
    yield "rle-signed", rle


def main(out, *folders):
    out = pathlib.Path(out)
    folder = pathlib.Path(get_testdata_file("MR_small.dcm")).parent
    paths = {path.stem: path for path in sorted(folder.glob("*.dcm"))}
    for more in folders:
        paths.update({path.stem: path for path in sorted(pathlib.Path(more).glob("*.dcm"))})
    (out / "made").mkdir()
    for name, ds in own_files():
        paths[name] = out / "made" / f"{name}.dcm"
        ds.save_as(paths[name], enforce_file_format=True)
    index = {}
    for name, path in paths.items():
        try:
            index[name] = describe(path, name, out)
        except Exception as error:
            index[name] = {"path": str(path), "error": f"{type(error).__name__}: {error}"}
    (out / "index.json").write_text(json.dumps(index))


main(*sys.argv[1:])
