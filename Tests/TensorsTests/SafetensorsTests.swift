import Foundation
import Tensors
import TestSupport
import Testing

struct SafetensorsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    @Test(arguments: ["every-type", "empty"])
    func `a file equals that of the reference implementation`(name: String) throws {
        let golden = Goldens.folder.appending(path: "tensors/\(name).safetensors").path
        let file = try SafetensorsFile(path: golden)
        let tensors = try file.keys.reversed().map { ($0, try file.tensor(named: $0)) }
        let path = folder.file("copy.safetensors")
        try Safetensors.write(tensors, metadata: file.metadata, to: path)
        #expect(try bytes(path) == bytes(golden))
    }

    @Test func `tensors of any layout are written in row-major order`() throws {
        let path = folder.file("a.safetensors")
        let image = Tensor.randn([2, 3, 4, 5], generator: Generator(seed: 1))
        let weight = Tensor.randn([3, 4], generator: Generator(seed: 2))
        weight.requiresGrad = true
        try Safetensors.write(
            [
                ("image", image.contiguous(.channelsLast)), ("weight", weight.transposed(0, 1)),
                ("slice", image.sliced(3, from: 1, step: 2)),
            ],
            to: path
        )
        let file = try SafetensorsFile(path: path)
        #expect(try file.tensor(named: "image").array() == image.array())
        #expect(try file.tensor(named: "weight").array() == weight.transposed(0, 1).array())
        #expect(file.shape(of: "slice") == [2, 3, 4, 2])
        #expect(
            try file.tensor(named: "slice").array() == image.sliced(3, from: 1, step: 2).array()
        )
    }

    @Test func `an existing file is replaced, and nothing else is left`() throws {
        let path = folder.file("a.safetensors")
        for value in [1.0, 2] {
            try Safetensors.write([("a", Tensor(value))], metadata: ["step": "\(value)"], to: path)
        }
        #expect(try folder.names() == ["a.safetensors"])
        let file = try SafetensorsFile(path: path)
        #expect(try file.tensor(named: "a").item() == 2)
        #expect(file.metadata == ["step": "2.0"])
    }

    @Test func `a file may be written over the one that its tensors come from`() throws {
        let path = folder.file("a.safetensors")
        try Safetensors.write([("a", Tensor.ones([1000]))], to: path)
        let tensor = try SafetensorsFile(path: path).tensor(named: "a")
        try Safetensors.write([("a", tensor), ("b", tensor * 2)], to: path)
        #expect(try SafetensorsFile(path: path).tensor(named: "b").sum().item() == 2000)
    }

    @Test func `names must differ`() throws {
        let path = folder.file("a.safetensors")
        #expect(throws: SafetensorsError.duplicateKey(path: path, key: "a")) {
            try Safetensors.write([("a", Tensor(1)), ("a", Tensor(2))], to: path)
        }
        #expect(throws: SafetensorsError.duplicateKey(path: path, key: "__metadata__")) {
            try Safetensors.write([("__metadata__", Tensor(1))], to: path)
        }
        #expect(try folder.names().isEmpty)
    }

    @Test func `a failed tensor is an error and changes nothing`() throws {
        let path = folder.file("a.safetensors")
        try Safetensors.write([("a", Tensor(1))], to: path)
        #expect(throws: TorchError.self) {
            try withTorchErrors {
                let failed = Tensor.ones([2]) + Tensor.ones([3])
                try Safetensors.write([("a", Tensor(2)), ("b", failed)], to: path)
            }
        }
        #expect(try folder.names() == ["a.safetensors"])
        #expect(try SafetensorsFile(path: path).tensor(named: "a").item() == 1)
    }

    @Test func `a folder that is missing or in the way is an error`() throws {
        let missing = folder.file("missing/a.safetensors")
        #expect {
            try Safetensors.write([("a", Tensor(1))], to: missing)
        } throws: { error in
            "\(error)".hasPrefix("\(missing): cannot be written (")
                && "\(error)".contains("No such file or directory")
        }
        let taken = folder.file("taken")
        try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: false)
        #expect(throws: SafetensorsError.self) {
            try Safetensors.write([("a", Tensor(1))], to: taken)
        }
        #expect(try folder.names() == ["taken"])
    }

    #if compiler(>=6.2)
    @Test func `a file that does not fit is an error and leaves the former one`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.file("a.safetensors")
            try Safetensors.write([("a", Tensor(1))], to: path)
            // As on a full disk, the kernel writes a part and then refuses; only this process is limited.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            #expect(
                throws: SafetensorsError.cannotWrite(path: path, byteCount: 400_072, errno: EFBIG)
            ) { try Safetensors.write([("a", Tensor.ones([100_000]))], to: path) }
            #expect(try folder.names() == ["a.safetensors"])
            #expect(try SafetensorsFile(path: path).tensor(named: "a").item() == 1)
        }
    }
    #endif
}
