public import Imaging

/// An image's file and its pixels, by hash.
public struct ImageFile: Sendable, Hashable, Codable {
    /// The SHA-256 of the file's bytes.
    public let sha256: String
    /// The file's size.
    public let byteCount: Int
    /// The file's format.
    public let format: ImageFormat
    /// The SHA-256 of size, depth and samples: equal for equal pixels, whatever the file.
    public let pixelSHA256: String
    /// Size and kind of the picture.
    public let layout: PixelImage.Layout

    enum CodingKeys: String, CodingKey {
        case sha256, format, width, height
        case byteCount = "byte_count"
        case pixelSHA256 = "pixel_sha256"
        case channelCount = "channels"
        case bitDepth = "bit_depth"
    }

    init(
        sha256: String,
        byteCount: Int,
        format: ImageFormat,
        pixelSHA256: String,
        layout: PixelImage.Layout
    ) {
        self.sha256 = sha256
        self.byteCount = byteCount
        self.format = format
        self.pixelSHA256 = pixelSHA256
        self.layout = layout
    }

    /// Reads what `encode` has written.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sha256 = try values.decode(String.self, forKey: .sha256)
        byteCount = try values.decode(Int.self, forKey: .byteCount)
        format = try values.decodeFormat(forKey: .format)
        pixelSHA256 = try values.decode(String.self, forKey: .pixelSHA256)
        layout = PixelImage.Layout(
            width: try values.decode(Int.self, forKey: .width),
            height: try values.decode(Int.self, forKey: .height),
            channelCount: try values.decode(Int.self, forKey: .channelCount),
            bitDepth: try values.decode(Int.self, forKey: .bitDepth)
        )
    }

    /// Writes one flat object.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(sha256, forKey: .sha256)
        try values.encode(byteCount, forKey: .byteCount)
        try values.encode(format.rawValue, forKey: .format)
        try values.encode(pixelSHA256, forKey: .pixelSHA256)
        try values.encode(layout.width, forKey: .width)
        try values.encode(layout.height, forKey: .height)
        try values.encode(layout.channelCount, forKey: .channelCount)
        try values.encode(layout.bitDepth, forKey: .bitDepth)
    }
}

/// The file of an edit's mask.
public struct MaskFile: Sendable, Hashable, Codable {
    /// The SHA-256 of the file's bytes.
    public let sha256: String
    /// The file's format.
    public let format: ImageFormat

    enum CodingKeys: String, CodingKey { case sha256, format }

    init(sha256: String, format: ImageFormat) {
        self.sha256 = sha256
        self.format = format
    }

    /// Reads what `encode` has written.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sha256 = try values.decode(String.self, forKey: .sha256)
        format = try values.decodeFormat(forKey: .format)
    }

    /// Writes hash and format.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(sha256, forKey: .sha256)
        try values.encode(format.rawValue, forKey: .format)
    }
}

extension KeyedDecodingContainer {
    fileprivate func decodeFormat(forKey key: Key) throws -> ImageFormat {
        let name = try decode(String.self, forKey: key)
        guard let format = ImageFormat(rawValue: name) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\"\(name)\" is no format of images"
            )
        }
        return format
    }
}
