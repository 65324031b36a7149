import Foundation
import Tensors
import TestSupport
import Testing

/// A damaged file is a thrown error, whatever the damage is.
struct SafetensorsDamageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Opens a file of these bytes and reads all of it.
    private func read(_ bytes: some Sequence<UInt8>) throws {
        let path = try folder.write(bytes, to: "damaged.safetensors")
        let file = try SafetensorsFile(path: path)
        for key in file.keys { _ = try file.tensor(named: key).array() }
    }

    private func error(_ bytes: some Sequence<UInt8>) throws -> SafetensorsError {
        try #require(throws: SafetensorsError.self) { try read(bytes) }
    }

    private func error(_ header: String, byteCount: Int = 0) throws -> SafetensorsError {
        try error(SafetensorsBytes.file(header, [UInt8](repeating: 0, count: byteCount)))
    }

    @Test func `the file that the others are made from is right`() throws {
        try read(SafetensorsBytes.valid)
    }

    @Test func `a file cut off anywhere is an error`() throws {
        for count in 0..<SafetensorsBytes.valid.count {
            _ = try error(SafetensorsBytes.valid.prefix(count))
        }
    }

    @Test(arguments: [0, 1, 7, 4 << 30, 1 << 63, .max, 100_000_001] as [UInt64])
    func `a header of another length than claimed is an error`(claimed: UInt64) throws {
        let bytes = SafetensorsBytes.valid
        let error = try error(SafetensorsBytes.length(claimed) + bytes.dropFirst(8))
        switch error {
        case .headerTooLong(_, claimed, bytes.count - 8, 100_000_000): #expect(claimed > 7)
        case .malformedHeader: #expect(claimed <= 7)
        default: Issue.record("\(error)")
        }
    }

    @Test func `a header above the limit is refused, though it is there`() throws {
        let path = try folder.write(SafetensorsBytes.length(100_000_001), to: "large.safetensors")
        // The rest is a hole that takes no room.
        #expect(truncate(path, 8 + 100_000_001) == 0)
        #expect(
            throws: SafetensorsError.headerTooLong(
                path: path,
                claimed: 100_000_001,
                available: 100_000_001,
                limit: 100_000_000
            )
        ) { try SafetensorsFile(path: path) }
    }

    @Test(arguments: [
        "", " ", "{", "[]", "null", " {}", "{}x", "{} {}", "{,}", #"{"a"}"#, #"{"a":}"#,
        #"{"a":1}"#,
        #"{"a":{}}"#, #"{"a":[]}"#, #"{"a":null}"#, #"{a:{}}"#, #"{"a":{},}"#,
        #"{"a":{"dtype":"F32"}}"#,
        #"{"__metadata__":{"a":1}}"#, #"{"__metadata__":{"a":{}}}"#, #"{"__metadata__":null}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1e2],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[+1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}"#,
        #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}"#,
        #"{"\x":{}}"#, #"{"\u12":{}}"#, #"{"\u12g4":{}}"#, #"{"\ud800":{}}"#,
        #"{"\ud800\u0041":{}}"#,
        #"{"\udc00":{}}"#, "{\"\n\":{}}", #"{"a"#, #"{"a\"#, #"{"a\u"#, #"{"\ud800\"#,
    ])
    func `a header of another form is an error at its place`(header: String) throws {
        guard case .malformedHeader(_, let offset, _) = try error(header, byteCount: 4) else {
            Issue.record("\(try error(header, byteCount: 4))")
            return
        }
        #expect((0...header.utf8.count).contains(offset))
    }

    @Test func `nesting is refused however deep it is`() throws {
        for text in ["[", "{\"a\":", "{\"__metadata__\":{\"a\":"] {
            let deep = #"{"a":"# + String(repeating: text, count: 200_000)
            guard case .malformedHeader = try error(deep) else { continue }
        }
    }

    @Test func `text that is not UTF-8 is an error`() throws {
        for bad: [UInt8] in [
            [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80],
        ] {
            let header = Array("{\"".utf8) + bad + Array("\":{}}".utf8)
            let error = try error(SafetensorsBytes.length(UInt64(header.count)) + header)
            guard case .malformedHeader(_, 2, "a string in UTF-8") = error else {
                Issue.record("\(error)")
                continue
            }
        }
    }

    @Test func `escapes are understood`() throws {
        let name = #"\"\\\/\b\f\n\r\t\u00e9\uD83E\uddb4"#
        let header = #"{ "\#(name)" : { "shape":[ ] , "dtype":"U8" ,"data_offsets":[ 0,1]}}  "#
        let path = try folder.write(SafetensorsBytes.file(header, [7]), to: "a.safetensors")
        let file = try SafetensorsFile(path: path)
        #expect(file.keys == ["\"\\/\u{8}\u{c}\n\r\té🦴"])
        #expect(try file.tensor(named: file.keys[0]).item() == 7)
    }

    @Test func `a name that occurs twice is an error`() throws {
        let entry = #"{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"#
        let path = folder.file("damaged.safetensors")
        // The second is spelt differently, and means the same.
        #expect(
            try error(#"{"a":\#(entry),"\u0061":\#(entry)}"#, byteCount: 1)
                == .duplicateKey(path: path, key: "a")
        )
        #expect(
            try error(#"{"__metadata__":{},"__metadata__":{}}"#)
                == .duplicateKey(path: path, key: "__metadata__")
        )
        #expect(
            try error(#"{"__metadata__":{"k":"","k":""}}"#)
                == .duplicateKey(path: path, key: "__metadata__/k")
        )
        #expect(
            try error(#"{"a":{"dtype":"U8","dtype":"U8"}}"#)
                == .duplicateKey(path: path, key: "a/dtype")
        )
    }

    /// One or two tensors of bytes at these offsets, in a file with `byteCount` bytes of data.
    private func error(_ offsets: (Int, Int)..., byteCount: Int) throws -> SafetensorsError {
        let entries = offsets.enumerated().map { index, offset in
            let shape = Swift.max(0, offset.1.subtractingReportingOverflow(offset.0).partialValue)
            return
                #""\#(index)":{"dtype":"U8","shape":[\#(shape)],"data_offsets":[\#(offset.0),\#(offset.1)]}"#
        }
        return try error("{\(entries.joined(separator: ","))}", byteCount: byteCount)
    }

    @Test func `offsets must fill the data without gap or overlap`() throws {
        let path = folder.file("damaged.safetensors")
        #expect(
            try error((0, 4), (3, 6), byteCount: 6)
                == .overlap(path: path, key: "1", begin: 3, formerEnd: 4)
        )
        #expect(
            try error((0, 4), (0, 4), byteCount: 4)
                == .overlap(path: path, key: "1", begin: 0, formerEnd: 4)
        )
        #expect(
            try error((0, 4), (5, 6), byteCount: 6)
                == .gap(path: path, key: "1", begin: 5, formerEnd: 4)
        )
        #expect(
            try error((1, 4), byteCount: 4) == .gap(path: path, key: "0", begin: 1, formerEnd: 0)
        )
        #expect(try error((0, 4), byteCount: 5) == .trailingBytes(path: path, byteCount: 1))
        for (begin, end) in [(0, 5), (0, .max), (.max, .max), (4, 3), (.max, 0), (3, 2)] {
            #expect(
                try error((begin, end), byteCount: 4)
                    == .offsetsOutOfRange(
                        path: path,
                        key: "0",
                        begin: begin,
                        end: end,
                        available: 4
                    )
            )
        }
    }

    @Test func `a shape must fit its bytes`() throws {
        let path = folder.file("damaged.safetensors")
        #expect(
            try error(#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}"#, byteCount: 4)
                == .sizeMismatch(
                    path: path,
                    key: "a",
                    dtype: "F32",
                    shape: [3],
                    byteCount: 4,
                    expected: 12
                )
        )
        for shape in [[1 << 32, 1 << 32], [.max, 2], [.max], [0, .max, .max], [1 << 61, 0, 8]] {
            let text = shape.map(String.init).joined(separator: ",")
            let end = shape.contains(0) ? 0 : 4
            #expect(
                try error(
                    #"{"a":{"dtype":"F32","shape":[\#(text)],"data_offsets":[0,\#(end)]}}"#,
                    byteCount: end
                )
                    == .shapeOverflow(path: path, key: "a", shape: shape)
            )
        }
    }

    @Test func `very many axes do no harm`() throws {
        let ones = [String](repeating: "1", count: 5000).joined(separator: ",")
        let header = #"{"a":{"dtype":"U8","shape":[\#(ones)],"data_offsets":[0,1]}}"#
        let path = try folder.write(SafetensorsBytes.file(header, [7]), to: "a.safetensors")
        let tensor = try SafetensorsFile(path: path).tensor(named: "a")
        #expect(tensor.dimensionCount == 5000)
        #expect(try tensor.bytes() == [7])
    }

    @Test(arguments: ["F8_E4M3", "I8", "C64", "f32", ""])
    func `a type that is not supported is an error of its tensor only`(dtype: String) throws {
        let header =
            #"{"a":{"dtype":"\#(dtype)","shape":[3],"data_offsets":[0,5]},"#
            + #""b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}}"#
        let path = try folder.write(
            SafetensorsBytes.file(header, [0, 0, 0, 0, 0, 9]),
            to: "a.safetensors"
        )
        let file = try SafetensorsFile(path: path)
        #expect(try file.tensor(named: "b").item() == 9)
        #expect(file.dtype(of: "a") == nil)
        #expect(file.shape(of: "a") == [3])
        #expect(throws: SafetensorsError.unsupportedDType(path: path, key: "a", dtype: dtype)) {
            try file.tensor(named: "a")
        }
    }

    @Test func `a truth value is 0 or 1`() throws {
        var bytes = SafetensorsBytes.valid
        bytes[bytes.count - 1] = 255
        #expect(
            try error(bytes)
                == .invalidBoolean(path: folder.file("damaged.safetensors"), key: "b", byte: 255)
        )
    }

    @Test func `no mutation of a file does more than throw`() throws {
        var random = SplitMix(state: 20_260_101)
        var rejectedCount = 0
        for _ in 0..<10_000 {
            var bytes = SafetensorsBytes.valid
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: bytes[index] = .random(in: .min ... .max, using: &random)
                case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.remove(at: index)
                case 3: bytes.insert(bytes[index], at: index)
                case 4: bytes[index] = UInt8.random(in: 48..<58, using: &random)
                default:
                    let other = Int.random(in: 0..<bytes.count, using: &random)
                    bytes.swapAt(index, other)
                }
            }
            do { try read(bytes) } catch is SafetensorsError { rejectedCount += 1 }
        }
        // Some change only numbers or names; most do harm that must be found.
        #expect((7000..<10_000).contains(rejectedCount))
    }
}

/// A generator of random numbers that gives the same ones in every run (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
