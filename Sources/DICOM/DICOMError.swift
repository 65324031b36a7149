/// What is wrong with a DICOM file.
public enum DICOMError: Error {}
