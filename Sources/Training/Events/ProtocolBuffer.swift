/// The bytes of a protocol-buffer message, field after field.
///
/// - SeeAlso: protobuf.dev/programming-guides/encoding.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    mutating func append(_ field: UInt64, _ value: Int) {
        appendTag(field, .varint)
        appendVarint(UInt64(bitPattern: Int64(value)))
    }

    mutating func append(_ field: UInt64, _ value: Double) {
        appendTag(field, .fixed64)
        bytes += withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }

    mutating func append(_ field: UInt64, _ value: Float) {
        appendTag(field, .fixed32)
        bytes += withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }

    mutating func append(_ field: UInt64, _ text: String) { append(field, Array(text.utf8)) }

    mutating func append(_ field: UInt64, _ message: ProtocolBuffer) {
        append(field, message.bytes)
    }

    mutating func append(_ field: UInt64, _ value: [UInt8]) {
        appendTag(field, .lengthDelimited)
        appendVarint(UInt64(value.count))
        bytes += value
    }

    private mutating func appendTag(_ field: UInt64, _ type: WireType) {
        appendVarint(field << 3 | type.rawValue)
    }

    private mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
