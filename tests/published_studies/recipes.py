# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Changes of the sample studies, as real archives show them. Each recipe writes DICOM below a folder."""
import copy
from pathlib import Path

import numpy
import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import generate_uid

SAMPLES = Path(__file__).resolve().parents[2] / "sample_dicom"
AT_L3 = "2.25.44092256992925170471442760464040253319"  # The axial slice at L3 of patient_a.
ROW, COL = numpy.indices((256, 256))
CANAL = (ROW - 158) ** 2 + (COL - 127) ** 2 < 15 ** 2


def study(patient="patient_a"):
    return [pydicom.dcmread(file) for file in sorted((SAMPLES / patient).glob("*/*"))]


def axial(images):
    return [image for image in images if image.SeriesNumber == 4]


def sagittal(images):
    return [image for image in images if image.SeriesNumber == 2]


def save(images, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(images):
        image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
        image.save_as(folder / f"IM{number:04}", write_like_original=True)


def replace_bytes(folder, old, new):
    for file in folder.rglob("IM*"):
        file.write_bytes(file.read_bytes().replace(old, new))


def set_pixels(image, values):
    image.PixelData = values.clip(0, 4095).astype("<u2").tobytes()


def suppress_fat(image, share):
    pixels = image.pixel_array.astype(float)
    fat = numpy.clip((pixels - 220) / 250, 0, 1)
    set_pixels(image, numpy.where(CANAL, pixels, pixels * (1 - share * fat)))


def one_study_uid(folder, same_id=False):
    first, second = study(), study("patient_b")
    for image in second:
        image.StudyInstanceUID = first[0].StudyInstanceUID
    for image in first + second:
        image.PatientID = "" if same_id else image.PatientID
    save(first, folder / "a")
    save(second, folder / "b")


def one_patient_id(folder):
    """Two examinations of two people with one ID."""
    for patient in ("patient_a", "patient_b"):
        images = study(patient)
        for image in images:
            image.PatientID = "SAME"
        save(images, folder / patient)


def one_accession_number(folder):
    for patient in ("patient_a", "patient_b"):
        images = study(patient)
        for image in images:
            image.AccessionNumber = "A7"
        save(images, folder / patient)


def without_study_uid(folder):
    images = study()
    for image in images:
        del image.StudyInstanceUID
    save(images, folder)


def suppressed_half(folder):
    images = study()
    for image in axial(images):
        pixels = image.pixel_array.copy()
        suppress_fat(image, 0.85)
        set_pixels(image, numpy.where(COL < 128, image.pixel_array, pixels))
    save(images, folder)


def repeated_instance_uids(folder):
    for patient in ("patient_a", "patient_b"):
        images = study(patient)
        for number, image in enumerate(images):
            image.SOPInstanceUID = f"1.2.826.0.1.3680043.10.543.9.{number + 1}"
        save(images, folder / patient)


def undeclared_text(folder):
    for patient, name in (("patient_a", "\u5f20\u4e0901"), ("patient_b", "\u674e\u56db01")):
        images = study(patient)
        raw = name.encode("gbk")
        for image in images:
            del image.SpecificCharacterSet
            image.PatientID = "Q" * len(raw)
        save(images, folder / patient)
        replace_bytes(folder / patient, b"Q" * len(raw), raw)


def suppressed_slice(folder):
    images = study()
    for image in axial(images):
        if image.SOPInstanceUID == AT_L3:
            suppress_fat(image, 0.8)
            image.ScanOptions = "FS"
    save(images, folder)


def suppressed_first(folder):
    images = study()
    more = copy.deepcopy(axial(images))
    for image in more:
        suppress_fat(image, 0.8)
        image.ScanOptions = "FS"
        image.SOPInstanceUID = generate_uid(entropy_srcs=["fs", image.SOPInstanceUID])
        image.InstanceNumber = int(image.InstanceNumber) - 5
    save(images + more, folder)


def suppressed_by_name(folder, name="T2 AX", share=0.8):
    images = study()
    for image in axial(images):
        suppress_fat(image, share)
        image.ProtocolName, image.SequenceName, image.SeriesDescription = "", "tse", name
    for image in images:
        image.SpecificCharacterSet = "ISO_IR 192"
    save(images, folder)


def repeated_scan(folder):
    images = study()
    spoilt = copy.deepcopy(axial(images))
    for image in spoilt:
        image.SOPInstanceUID = generate_uid(entropy_srcs=["run1", image.SOPInstanceUID])
        image.SeriesInstanceUID = generate_uid(entropy_srcs=["run1"])
        image.SeriesNumber = 3
        pixels = image.pixel_array.astype(float)
        set_pixels(image, 0.5 * pixels + 0.5 * numpy.roll(pixels, 9, 1))
    save(images + spoilt, folder)


def one_position(folder):
    images = study()
    place = next(image for image in images if image.SOPInstanceUID == AT_L3).ImagePositionPatient
    for image in axial(images):
        image.ImagePositionPatient = place
    save(images, folder)


def labeled_monochrome1(folder):
    images = study()
    for image in axial(images):
        image.PhotometricInterpretation = "MONOCHROME1"
    save(images, folder)


def below_zero(folder):
    images = study()
    for image in images:
        image.RescaleSlope, image.RescaleIntercept = "1", "-1024"
    save(images, folder)


def planes_in_sagittal(folder):
    images = study()
    for number, (along, place) in enumerate((([1, 0, 0, 0, 1, 0], [-150, -150, -30]),
                                             ([1, 0, 0, 0, 0, -1], [-150, 20, 120]))):
        plane = copy.deepcopy(sagittal(images)[0])
        plane.SOPInstanceUID = generate_uid(entropy_srcs=["plane", str(number)])
        plane.ImageOrientationPatient, plane.ImagePositionPatient = along, place
        plane.InstanceNumber = 100 + number
        images.append(plane)
    save(images, folder)


def other_spelling(folder):
    images = study()
    for image in axial(images):
        image.PatientID = "SAMPLE-A"
    save(images, folder)


def color(folder):
    images = study()
    for image in axial(images):
        gray = (image.pixel_array / 5).astype(numpy.uint8)
        image.PixelData = numpy.stack([gray] * 3).tobytes()
        image.SamplesPerPixel, image.PlanarConfiguration = 3, 1
        image.PhotometricInterpretation = "RGB"
        image.BitsAllocated = image.BitsStored = 8
        image.HighBit = 7
    save(images, folder)


def beyond_bits(folder):
    images = study()
    for image in axial(images):
        image.PixelData = (image.pixel_array * 1.5).astype("<u2").tobytes()
        image.BitsStored, image.HighBit = 10, 9
        del image.SmallestImagePixelValue, image.LargestImagePixelValue
    save(images, folder)


def comma_in_slope(folder):
    images = study()
    for image in images:
        image.RescaleSlope = "2.500000"
    save(images, folder)
    replace_bytes(folder, b"2.500000", b"2,500000")


def no_photometric(folder):
    images = study()
    for image in images:
        del image.PhotometricInterpretation
    save(images, folder)


def meta_names(syntax):
    """The meta header of another file: the data set is explicit little endian."""
    def recipe(folder):
        save(study(), folder)
        for file in folder.rglob("IM*"):
            content = file.read_bytes()
            plain = b"1.2.840.10008.1.2.1\0"
            file.write_bytes(content.replace(plain, syntax.ljust(len(plain), b"\0"), 1))
    return recipe


def two_decimals(folder):
    images = study()
    for image in images:
        image.ImageOrientationPatient = [f"{float(v):.2f}" for v in image.ImageOrientationPatient]
    save(images, folder)


def derived_originals(folder):
    images = study()
    for image in images:
        image.ImageType = ["DERIVED", "SECONDARY", "OTHER", "AI"]
    save(images, folder)


def legacy_converted(folder, shared):
    """Enhanced objects that keep TR, TE and scan options among the attributes nobody assigned."""
    images = study()
    objects = []
    for name, slices in (("SAG", sagittal(images)), ("AX", axial(images))):
        slices = sorted(slices, key=lambda image: float(image.SliceLocation))
        whole = copy.deepcopy(slices[0])
        for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "EchoTime",
                        "RepetitionTime", "ScanningSequence", "ScanOptions", "SequenceName"):
            if keyword in whole:
                delattr(whole, keyword)
        whole.SOPClassUID = whole.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.4.4"
        whole.SOPInstanceUID = generate_uid(entropy_srcs=[name])
        whole.SeriesDescription = whole.ProtocolName = name
        whole.NumberOfFrames = len(slices)
        whole.PixelData = b"".join(image.PixelData for image in slices)
        measures = Dataset()
        measures.PixelSpacing = slices[0].PixelSpacing
        unassigned = Dataset()
        for keyword, value in {"EchoTime": "104", "RepetitionTime": "4200", "ScanningSequence": "SE",
                               **(shared if name == "AX" else {})}.items():
            setattr(unassigned, keyword, value)
        groups = Dataset()
        groups.PixelMeasuresSequence = Sequence([measures])
        groups.UnassignedSharedConvertedAttributesSequence = Sequence([unassigned])
        whole.SharedFunctionalGroupsSequence = Sequence([groups])
        frames = []
        for image in slices:
            position, orientation, frame = Dataset(), Dataset(), Dataset()
            position.ImagePositionPatient = image.ImagePositionPatient
            orientation.ImageOrientationPatient = image.ImageOrientationPatient
            frame.PlanePositionSequence = Sequence([position])
            frame.PlaneOrientationSequence = Sequence([orientation])
            frames.append(frame)
        whole.PerFrameFunctionalGroupsSequence = Sequence(frames)
        objects.append(whole)
    save(objects, folder)
