/// Words that readers can add to a description with one click, where a study names none of its own.
public enum RegionTerms {
    /// Terms for images of any part of the body.
    public static let general = [
        "bones", "joints", "lungs", "heart and vessels", "mediastinum", "diaphragm",
        "abdominal organs", "brain", "soft tissue", "skin outline", "background",
        "letters and markers", "texture and noise",
    ]
}
