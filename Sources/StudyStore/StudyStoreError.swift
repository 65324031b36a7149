/// What is wrong with a stored study.
public enum StudyStoreError: Error {}
