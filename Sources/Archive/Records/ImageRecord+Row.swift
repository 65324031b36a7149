import FoundationEssentials
import GRDB
import Imaging

extension ImageRecord: RowReadable {
    /// The columns that a record is read from, with those of its files.
    static let selection = """
        SELECT image.*, file.byte_count AS byte_count, file.format AS format,
            mask.format AS mask_format
        FROM image
        LEFT JOIN file ON file.sha256 = image.file_sha256
        LEFT JOIN file AS mask ON mask.sha256 = image.mask_file_sha256
        """

    init(row: Row) throws {
        id = row["id"]
        kind = try row.value("kind")
        outcome = try row.value("outcome")
        review = try row.value("review")
        reason = (row["reason_code"] as String?).map { Reason(code: $0, text: row["reason"]) }
        file = try ImageFile(row)
        mask = try (row["mask_file_sha256"] as String?).map { sha256 in
            MaskFile(sha256: sha256, format: try row.value("mask_format"))
        }
        labels = ImageLabels(
            modality: row["modality"],
            anatomy: row["anatomy"],
            view: row["view"],
            finding: row["finding"],
            sex: row["sex"]
        )
        provenance = try (row["provenance"] as String?).map { text in
            try JSONDecoder().decode(Provenance.self, from: Data(text.utf8))
        }
        source = row["source"]
        recordedAt = try row.time("recorded_at")
        startedAt = try row.optionalTime("started_at")
        finishedAt = try row.optionalTime("finished_at")
        removal = try row.optionalTime("removed_at").map {
            Removal(removedAt: $0, reason: row["removal_reason"])
        }
    }
}

extension ImageFile {
    fileprivate init?(_ row: Row) throws {
        guard let sha256 = row["file_sha256"] as String? else { return nil }
        self.init(
            sha256: sha256,
            byteCount: row["byte_count"],
            format: try row.value("format"),
            pixelSHA256: row["pixel_sha256"],
            layout: PixelImage.Layout(
                width: row["width"],
                height: row["height"],
                channelCount: row["channel_count"],
                bitDepth: row["bit_depth"]
            )
        )
    }
}
