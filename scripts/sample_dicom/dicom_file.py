# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""MR images as DICOM files whose bytes depend on their content alone."""

import uuid
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4"
_UID_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "sample-dicom.paraspinal.invalid")
_DATE, _TIME = "20260105", "091500"


def uid(*names):
    """A UID that is always the same for the same names: a name-based UUID (DICOM PS3.5 B.2)."""
    return f"2.25.{uuid.uuid5(_UID_NAMESPACE, '/'.join(names)).int}"


def decimals(values):
    """Numbers as DICOM decimal strings, at most 16 characters."""
    return [repr(round(float(value), 9) + 0.0)[:16] for value in values]


def _patient_and_study(dataset, patient):
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.PatientName = patient.name
    dataset.PatientID = patient.identifier
    dataset.PatientBirthDate = ""
    dataset.PatientSex = patient.sex
    dataset.PatientAge = f"{patient.age_years:03d}Y"
    dataset.PatientSize = str(patient.height_m)
    dataset.PatientWeight = str(patient.weight_kg)
    dataset.PatientComments = "Synthetic. Not a person."
    dataset.StudyInstanceUID = uid(patient.identifier, "study")
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = dataset.ContentDate = _DATE
    dataset.StudyTime = dataset.SeriesTime = dataset.AcquisitionTime = dataset.ContentTime = _TIME
    dataset.ReferringPhysicianName = ""
    dataset.StudyID = "1"
    dataset.AccessionNumber = ""
    dataset.StudyDescription = "MRI LUMBAR SPINE (SYNTHETIC)"
    dataset.Manufacturer = "paraspinal"
    dataset.ManufacturerModelName = "make_sample_dicom"
    dataset.SoftwareVersions = "1"


def _sequence(dataset, protocol):
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
    dataset.Modality = "MR"
    dataset.BodyPartExamined = "LSPINE"
    dataset.ScanningSequence = "SE"
    dataset.SequenceVariant = "SK"
    dataset.ScanOptions = "SP"
    dataset.MRAcquisitionType = "2D"
    dataset.SequenceName = protocol.sequence_name
    dataset.ProtocolName = protocol.description
    dataset.AngioFlag = "N"
    dataset.SliceThickness = str(protocol.thickness_mm)
    dataset.SpacingBetweenSlices = str(protocol.distance_mm)
    dataset.RepetitionTime = str(protocol.repetition_ms)
    dataset.EchoTime = str(protocol.echo_ms)
    dataset.NumberOfAverages = "2"
    dataset.ImagingFrequency = "63.68"
    dataset.ImagedNucleus = "1H"
    dataset.EchoNumbers = 1
    dataset.MagneticFieldStrength = "1.5"
    dataset.EchoTrainLength = protocol.echo_train
    dataset.PercentSampling = "80"
    dataset.PercentPhaseFieldOfView = "100"
    dataset.PixelBandwidth = "190"
    dataset.TransmitCoilName = "Body"
    dataset.InPlanePhaseEncodingDirection = protocol.phase_direction
    dataset.FlipAngle = "150"
    dataset.VariableFlipAngleFlag = "N"


def _place(dataset, patient, plane):
    dataset.FrameOfReferenceUID = uid(patient.identifier, "frame of reference")
    dataset.PositionReferenceIndicator = ""
    dataset.ImagePositionPatient = decimals(plane.origin_mm)
    dataset.ImageOrientationPatient = decimals((*plane.along_columns, *plane.along_rows))
    dataset.SliceLocation = decimals([np.dot(plane.origin_mm, plane.normal)])[0]
    dataset.PixelSpacing = decimals((plane.row_mm, plane.column_mm))
    dataset.Rows, dataset.Columns = plane.rows, plane.columns


def _pixels(dataset, pixels):
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.SmallestImagePixelValue, dataset.LargestImagePixelValue = int(pixels.min()), int(pixels.max())
    dataset.WindowCenter, dataset.WindowWidth = "480", "960"
    dataset.PixelData = pixels.astype("<u2").tobytes()


def mr_dataset(patient, protocol, number, plane, pixels):
    """One image; number is its instance number, from 1."""
    dataset = Dataset()
    _patient_and_study(dataset, patient)
    dataset.PatientPosition = protocol.patient_position
    dataset.SOPClassUID = MR_IMAGE_STORAGE
    dataset.SOPInstanceUID = uid(patient.identifier, protocol.description, str(number))
    dataset.SeriesInstanceUID = uid(patient.identifier, protocol.description)
    dataset.SeriesDescription = protocol.description
    dataset.SeriesNumber = protocol.series_number
    dataset.AcquisitionNumber = 1
    dataset.InstanceNumber = number
    _sequence(dataset, protocol)
    _place(dataset, patient, plane)
    _pixels(dataset, pixels)
    return dataset


def write(dataset, path):
    """Explicit VR little endian, with nothing in it that names a machine or a moment."""
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\x00\x01"
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = uid("implementation")
    meta.ImplementationVersionName = "PARASPINAL_1"
    dataset.file_meta = meta
    dataset.is_little_endian, dataset.is_implicit_VR = True, False
    dataset.preamble = b"\0" * 128
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(path, write_like_original=False)
