import Foundation
import Tensors
import TestSupport
import Testing

struct SafetensorsFileTests {
    private static let path = Goldens.folder.appending(path: "tensors/every-type.safetensors").path
    private static let awkward =
        "quote \" backslash \\ line \n tab \t bell \u{7} delete \u{7f} slash / e\u{301} \u{2028} 🦴"

    @Test func `a file of the reference implementation is read as written`() throws {
        let file = try SafetensorsFile(path: Self.path)
        #expect(file.metadata == ["format": "pt é\n"])
        #expect(file.keys.count == 13)
        #expect(file.keys.first == "3.int64" && file.keys.last == "5.bool")
        for (index, dtype) in ["0": DType.float32, "1": .bfloat16, "2": .float16, "3": .int64]
            .merging(
                ["4": .uint8, "5": .bool, "6": .float64, "7": .int32],
                uniquingKeysWith: { $1 }
            )
        {
            let key = "\(index).\(dtype)"
            let tensor = try file.tensor(named: key)
            #expect(tensor.dtype == dtype)
            #expect(file.dtype(of: key) == dtype)
            let isOdd = try #require(Int(index)) % 2 == 1
            let expected: [Float] = dtype == .bool ? [0, 1, 1] : isOdd ? [0, 1, 2] : [0, 1]
            #expect(try tensor.array() == expected)
        }
        #expect(file.shape(of: "scalar") == [])
        #expect(try file.tensor(named: "scalar").item() == 1.5)
        #expect(file.shape(of: "empty") == [0, 3])
        #expect(try file.tensor(named: "empty").shape == [0, 3])
        #expect(file.shape(of: "Z") == [1, 2])
        #expect(try file.tensor(named: Self.awkward).array() == [2])
        #expect(file.shape(of: "none") == nil && file.dtype(of: "none") == nil)
    }

    @Test func `a file without tensors is none the worse`() throws {
        let path = Goldens.folder.appending(path: "tensors/empty.safetensors").path
        #expect(try SafetensorsFile(path: path).keys.isEmpty)
    }

    @Test func `evicted bytes take no memory and are read again`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.safetensors")
        let values = (0..<1_000_000).map(Float.init)
        try Safetensors.write([("a", Tensor(values, [values.count]))], to: path)
        let file = try SafetensorsFile(path: path)
        let tensor = try file.tensor(named: "a")
        #expect(try tensor.array() == values)
        #expect(try residentKilobytes(of: path) > 3_800)
        file.evict("a")
        file.evict("none")
        #expect(try residentKilobytes(of: path) < 20)
        #expect(try tensor.array() == values)
    }

    /// What this process holds of a mapped file, as the system counts it.
    private func residentKilobytes(of path: String) throws -> Int {
        // Files of /proc have no size to read them by at once.
        let smaps = try #require(try FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd())
        let lines = String(decoding: smaps, as: UTF8.self).split(separator: "\n")
        let start = try #require(lines.firstIndex { $0.hasSuffix(path) })
        let line = try #require(lines[start...].first { $0.hasPrefix("Rss:") })
        return try #require(Int(line.split(separator: " ")[1]))
    }

    @Test func `tensors outlive their file, even when it is replaced`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.safetensors")
        try Safetensors.write([("a", Tensor([1, 2, 3] as [Float], [3]))], to: path)
        let tensor = try SafetensorsFile(path: path).tensor(named: "a")
        try Safetensors.write([("a", Tensor.zeros([3]))], to: path)
        #expect(try tensor.array() == [1, 2, 3])
        try FileManager.default.removeItem(atPath: path)
        #expect(try tensor.array() == [1, 2, 3])
    }

    @Test func `writing in place leaves the file alone`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.safetensors")
        try Safetensors.write([("a", Tensor.zeros([3]))], to: path)
        let file = try SafetensorsFile(path: path)
        let tensor = try file.tensor(named: "a")
        tensor += Tensor(1)
        #expect(try tensor.array() == [1, 1, 1])
        #expect(try file.tensor(named: "a").array() == [1, 1, 1])
        #expect(try SafetensorsFile(path: path).tensor(named: "a").array() == [0, 0, 0])
    }

    @Test func `a tensor at an odd address is read by copying`() throws {
        let folder = try TemporaryFolder()
        let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        for padding in 0..<4 {
            let text = header + String(repeating: " ", count: padding)
            let data = [Float(1.5), -2].withUnsafeBytes { Array($0) }
            let path = try folder.write(SafetensorsBytes.file(text, data), to: "a.safetensors")
            #expect(try SafetensorsFile(path: path).tensor(named: "a").array() == [1.5, -2])
        }
    }

    @Test func `a name that is almost right is answered with the right one`() throws {
        let file = try SafetensorsFile(path: Self.path)
        #expect(
            throws: SafetensorsError.unknownKey(
                path: Self.path,
                key: "1.bfloat61",
                nearest: "1.bfloat16"
            )
        ) { try file.tensor(named: "1.bfloat61") }
        #expect(
            throws: SafetensorsError.unknownKey(
                path: Self.path,
                key: "unet.conv_in.weight",
                nearest: nil
            )
        ) { try file.tensor(named: "unet.conv_in.weight") }
    }

    @Test func `what is no file is an error that says so`() throws {
        let folder = try TemporaryFolder()
        let missing = folder.file("missing.safetensors")
        #expect(throws: SafetensorsError.cannotOpen(path: missing, errno: ENOENT)) {
            try SafetensorsFile(path: missing)
        }
        #expect(throws: SafetensorsError.notAFile(path: folder.file("."))) {
            try SafetensorsFile(path: folder.file("."))
        }
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: SafetensorsError.notAFile(path: pipe)) { try SafetensorsFile(path: pipe) }
    }
}
