/// Files made by hand, right or wrong.
enum SafetensorsBytes {
    /// A header after its length, and the data.
    static func file(_ header: some StringProtocol, _ data: [UInt8] = []) -> [UInt8] {
        length(UInt64(header.utf8.count)) + Array(header.utf8) + data
    }

    /// The first eight bytes.
    static func length(_ count: UInt64) -> [UInt8] {
        withUnsafeBytes(of: count.littleEndian) { Array($0) }
    }

    /// A small right file.
    static let valid = file(
        #"{"__metadata__":{"k":"vé\n"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
            + #""b":{"dtype":"BOOL","shape":[2],"data_offsets":[8,10]},"#
            + #""c":{"dtype":"U8","shape":[0],"data_offsets":[10,10]}}"#,
        [0, 0, 128, 63, 0, 0, 0, 192, 1, 0]
    )
}
