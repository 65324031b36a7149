import CDCMTK
import Imaging

/// A parsed or growing data set; the only place that touches the toolkit.
final class Dataset {
    private let handle: OpaquePointer

    /// Makes an empty data set.
    init() throws(DICOMError) {
        handle = try Self.made { cdcm_dataset_create(&$0, $1) }
    }

    /// Parses a file.
    init(_ bytes: [UInt8], limits: DecodingLimits) throws(DICOMError) {
        handle = try bytes.withUnsafeBufferPointer { buffer throws(DICOMError) in
            guard let start = buffer.baseAddress else { throw .notDICOM }
            return try Self.made { dataset, message in
                cdcm_dataset_read(start, buffer.count, limits.maximumByteCount, &dataset, message)
            }
        }
    }

    deinit { cdcm_dataset_free(handle) }

    /// The data set's own attributes.
    var root: Item { Item(handle: cdcm_dataset_root(handle), owner: self) }

    /// How the data set was stored.
    var transferSyntax: (name: String, uid: String) {
        (
            String(cString: cdcm_dataset_transfer_syntax_name(handle)),
            String(cString: cdcm_dataset_transfer_syntax_uid(handle))
        )
    }

    /// The file of the data set, in Explicit VR Little Endian.
    func encoded() throws(DICOMError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        defer { cdcm_free(bytes) }
        try check { cdcm_dataset_write(handle, &bytes, &count, $0) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Whether frames have to be decompressed.
    var isCompressed: Bool { cdcm_dataset_is_compressed(handle) }

    /// Decodes a frame; 16-bit words come in the machine's order.
    func frame(
        _ index: Int,
        byteCount: Int
    ) throws(DICOMError) -> (bytes: [UInt8], colorModel: String) {
        // The toolkit wants room for the byte that makes a length even.
        var bytes = [UInt8](repeating: 0, count: byteCount + byteCount % 2)
        var model = [CChar](repeating: 0, count: Int(CDCM_MESSAGE_SIZE))
        try check { message in
            bytes.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress else { return .CDCM_STATUS_FAILED }
                let frame = UInt32(clamping: index)
                return cdcm_dataset_decode_frame(
                    handle,
                    frame,
                    start,
                    byteCount,
                    &model,
                    message
                )
            }
        }
        return (bytes, model.withUnsafeBufferPointer { text($0.baseAddress) })
    }

    func setPixels(_ samples: PixelImage.Samples) throws(DICOMError) {
        try check { message in
            switch samples {
            case .uint8(let values):
                cdcm_dataset_set_pixels(handle, values, values.count, 8, message)
            case .uint16(let values):
                cdcm_dataset_set_pixels(handle, values, values.count, 16, message)
            }
        }
    }

    /// Runs a call of the toolkit and throws its reason.
    func check(_ call: (UnsafeMutablePointer<CChar>) -> cdcm_status) throws(DICOMError) {
        var message = [CChar](repeating: 0, count: Int(CDCM_MESSAGE_SIZE))
        let status = message.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map(call) ?? .CDCM_STATUS_FAILED
        }
        if status == .CDCM_STATUS_UNSUPPORTED {
            throw .unsupportedTransferSyntax(name: transferSyntax.name, uid: transferSyntax.uid)
        }
        try status.check(message)
    }

    private static func made(
        _ make: (inout OpaquePointer?, UnsafeMutablePointer<CChar>) -> cdcm_status
    ) throws(DICOMError) -> OpaquePointer {
        var handle: OpaquePointer?
        var message = [CChar](repeating: 0, count: Int(CDCM_MESSAGE_SIZE))
        let status = message.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { make(&handle, $0) } ?? .CDCM_STATUS_FAILED
        }
        try status.check(message)
        guard let handle else { throw .damaged(reason: "the toolkit made nothing") }
        return handle
    }
}

extension cdcm_status {
    fileprivate func check(_ message: [CChar]) throws(DICOMError) {
        switch self {
        case .CDCM_STATUS_OK: return
        case .CDCM_STATUS_NOT_DICOM: throw .notDICOM
        case .CDCM_STATUS_TRUNCATED: throw .truncated
        case .CDCM_STATUS_UNSUPPORTED, .CDCM_STATUS_TOO_LARGE, .CDCM_STATUS_FAILED:
            throw .damaged(reason: message.withUnsafeBufferPointer { text($0.baseAddress) })
        }
    }
}

private func text(_ characters: UnsafePointer<CChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
}
