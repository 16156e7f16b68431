# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The sample study in series, encodings and spellings that readers stumble over."""
import copy

import pydicom._uid_dict
from pydicom.dataelem import DataElement
from pydicom.encaps import encapsulate
from pydicom.uid import generate_uid

from recipes import axial, sagittal, save, set_pixels, study

PLANES = {"axial": ([1, 0, 0, 0, 1, 0], [-150, -150, -30]),
          "sagittal": ([0, 1, 0, 0, 0, -1], [0, -150, 120]),
          "coronal": ([1, 0, 0, 0, 0, -1], [-150, 20, 120])}


def plane(image, name, number):
    """A copy of `image` that lies elsewhere."""
    other = copy.deepcopy(image)
    other.ImageOrientationPatient, other.ImagePositionPatient = PLANES[name]
    other.SOPInstanceUID = generate_uid(entropy_srcs=["plane", name, image.SOPInstanceUID])
    other.InstanceNumber = 100 + number
    return other


def localizer_in_axial(folder):
    images = study()
    scout = [plane(axial(images)[0], name, number) for number, name in enumerate(PLANES)]
    for image in scout:
        image.EchoTime, image.RepetitionTime, image.ScanningSequence = "4", "8", "GR"
    save(images + scout, folder)


def one_series_uid(folder):
    """Everything of a study, a coronal image too, in one series."""
    images = study()
    images.append(plane(sagittal(images)[5], "coronal", 0))
    for image in images:
        image.SeriesInstanceUID = images[0].SeriesInstanceUID
    save(images, folder)


def two_echoes(folder, times=False):
    """A second echo of each axial slice; with the echo time of the first, or with its own."""
    images = study()
    echoes = copy.deepcopy(axial(images))
    for image in echoes:
        image.SOPInstanceUID = generate_uid(entropy_srcs=["echo", image.SOPInstanceUID])
        image.InstanceNumber = int(image.InstanceNumber) - 5
        pixels = image.pixel_array.astype(float)
        set_pixels(image, (300 + 0.35 * pixels) * (pixels > 30))
        if times:
            image.EchoTime = "20"
    save(images + echoes, folder)


def encoded_as(folder, syntax):
    """Axial images in a transfer syntax that is not decoded here."""
    pydicom._uid_dict.UID_dictionary.setdefault(syntax, ("x", "Transfer Syntax", "", "", ""))
    images = study()
    for image in axial(images):
        image.file_meta.TransferSyntaxUID = syntax
        image.PixelData = encapsulate([b"\xff\x4f\xff\x51" + b"\0" * 200])
        image["PixelData"].is_undefined_length = True
    save(images, folder)


def lower_case_photometric(folder):
    images = study()
    for image in images:
        image.PhotometricInterpretation = "monochrome2"
    save(images, folder)


def spacing_as_text(folder):
    """Pixel spacing as one text with a backslash (VR UT)."""
    images = study()
    for image in images:
        text = "\\".join(f"{float(value):.6f}" for value in image.PixelSpacing)
        image[0x00280030] = DataElement(0x00280030, "UT", text)
    save(images, folder)


def undeclared_padding(folder):
    """A constant above zero but for two rows that no scanner filled."""
    images = study()
    for image in axial(images):
        pixels = image.pixel_array.astype(int) + 600
        pixels[:2] = 0
        set_pixels(image, pixels)
    save(images, folder)


def signed_twelve_bits(folder):
    """Signed values of 12 bits whose sign does not fill the 16 that hold them."""
    images = study()
    for image in images:
        image.PixelData = ((image.pixel_array.astype(int) - 500) & 0xFFF).astype("<u2").tobytes()
        image.PixelRepresentation = 1
        image.BitsStored, image.HighBit = 12, 11
        for keyword in ("SmallestImagePixelValue", "LargestImagePixelValue"):
            if keyword in image:
                delattr(image, keyword)
    save(images, folder)
