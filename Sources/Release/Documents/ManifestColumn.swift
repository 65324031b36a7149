/// What the columns of a manifest mean.
enum ManifestColumn {
    /// The Croissant data types of the columns that are no text.
    static let dataTypes = [
        "width": "sc:Integer", "height": "sc:Integer", "bit_depth": "sc:Integer",
        "index": "sc:Integer", "steps": "sc:Integer", "guidance": "sc:Float",
        "accepting_votes": "sc:Integer", "rejecting_votes": "sc:Integer",
        "nearest_training_distance": "sc:Float", "training_distance_threshold": "sc:Float",
        "digital_source_type": "sc:URL",
    ]

    /// Each column in a sentence.
    static let descriptions = [
        "file_name": "The image's path in the release.",
        "dicom_file": "The path of the same image as DICOM.",
        "provenance_file": "The path of all that is known of the image.",
        "sha256": "SHA-256 of the file.",
        "pixel_sha256": "SHA-256 of size, depth and samples, whatever the file format.",
        "width": "Columns of pixels.",
        "height": "Rows of pixels.",
        "bit_depth": "Bits of a sample.",
        "kind":
            "synthetic: from a model alone; edited: another image, of which a model repainted parts.",
        "prompt": "The words that the image was asked for with.",
        "negative_prompt": "The words that were to be avoided.",
        "modality": "Modality as asked for.",
        "anatomy": "Part of the body as asked for.",
        "view": "View or plane as asked for.",
        "finding": "Finding as asked for.",
        "sex": "Sex as asked for.",
        "model": "The model's name.",
        "model_sha256": "SHA-256 of the model's weights.",
        "seed": "The request's seed; the image's noise is seeded with seed + index.",
        "index": "The image's place in its request, from 0.",
        "steps": "Denoising steps.",
        "guidance": "Weight of classifier-free guidance.",
        "scheduler": "The sampling algorithm.",
        "parent_sha256": "SHA-256 of the image that was edited.",
        "accepting_votes": "Standing expert votes for the image.",
        "rejecting_votes": "Standing expert votes against it.",
        "nearest_training_distance": "Distance to the nearest training image.",
        "training_distance_threshold": "The distance that an image must at least have.",
        "digital_source_type": "IPTC digital source type.",
    ]
}
