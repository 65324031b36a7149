import Foundation
import Tensors
import TestSupport
import Testing

struct SafetensorsCheckpointTests {
    private static let baseName = "diffusion_pytorch_model"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path }

    private func write(_ value: Double, to name: String) throws {
        try Safetensors.write([("a", Tensor(value))], to: folder.file(name))
    }

    private func open(variant: String? = nil) throws -> SafetensorsCheckpoint {
        try SafetensorsCheckpoint(folder: path, baseName: Self.baseName, variant: variant)
    }

    private func writeIndex(_ weightMap: [String: String], to name: String) throws {
        let json = try JSONEncoder().encode(["weight_map": weightMap])
        try folder.write(json, to: name)
    }

    @Test func `shards hold the same tensors as one file`() throws {
        let whole = try SafetensorsCheckpoint(
            folder: Goldens.model("tiny-sd2").appending(path: "unet").path,
            baseName: Self.baseName
        )
        let sharded = try SafetensorsCheckpoint(
            folder: Goldens.model("tiny-sd2-sharded").appending(path: "unet").path,
            baseName: Self.baseName
        )
        #expect(Set(whole.keys) == Set(sharded.keys))
        #expect(whole.keys.count == sharded.keys.count)
        for key in whole.keys {
            #expect(whole.shape(of: key) == sharded.shape(of: key))
            #expect(whole.dtype(of: key) == sharded.dtype(of: key))
            #expect(
                try whole.tensor(named: key).array() == sharded.tensor(named: key).array()
            )
        }
        let files = Set(sharded.keys.map(sharded.file(of:)))
        #expect(files.count > 1)
        #expect(files.allSatisfy { $0.contains("diffusion_pytorch_model-0000") })
    }

    @Test func `half precision is taken where there is nothing else`() throws {
        let checkpoint = try SafetensorsCheckpoint(
            folder: Goldens.model("tiny-sd1-fp16").appending(path: "unet").path,
            baseName: Self.baseName
        )
        let key = "conv_in.weight"
        #expect(checkpoint.dtype(of: key) == .float16)
        #expect(checkpoint.file(of: key).hasSuffix("unet/diffusion_pytorch_model.fp16.safetensors"))
    }

    @Test func `a variant is taken when asked for, and only then if there is a choice`() throws {
        try write(32, to: "diffusion_pytorch_model.safetensors")
        try write(16, to: "diffusion_pytorch_model.fp16.safetensors")
        try write(8, to: "diffusion_pytorch_model.non_ema.safetensors")
        #expect(try open().tensor(named: "a").item() == 32)
        #expect(try open(variant: "fp16").tensor(named: "a").item() == 16)
        #expect(try open(variant: "non_ema").tensor(named: "a").item() == 8)
        let error = #expect(throws: SafetensorsError.self) { try open(variant: "bf16") }
        #expect(error?.description.contains("diffusion_pytorch_model.bf16.safetensors") == true)
        #expect(error?.description.contains("diffusion_pytorch_model.non_ema.safetensors") == true)
    }

    @Test(arguments: [
        "diffusion_pytorch_model.safetensors.index.fp16.json",
        "diffusion_pytorch_model.fp16.safetensors.index.json",
    ])
    func `an index of half precision goes by either name`(name: String) throws {
        let shard = "diffusion_pytorch_model-00001-of-00001.fp16.safetensors"
        try write(16, to: shard)
        try writeIndex(["a": shard], to: name)
        #expect(try open().tensor(named: "a").item() == 16)
        #expect(try open(variant: "fp16").file(of: "a").hasSuffix(shard))
    }

    @Test(arguments: [
        "diffusion_pytorch_model.bin", "pytorch_model.bin", "diffusion_pytorch_model.pth",
    ])
    func `a pickle is refused with the reason`(name: String) throws {
        try folder.write([0x80, 2], to: name)
        let error = #expect(throws: SafetensorsError.pickleOnly(folder: path, file: name)) {
            try open()
        }
        #expect(error?.description.contains("safe_serialization=True") == true)
    }

    @Test func `a folder without weights is an error that names what was looked for`() throws {
        let error = #expect(throws: SafetensorsError.self) { try open() }
        #expect(error?.description.contains("diffusion_pytorch_model.safetensors") == true)
        let missing = folder.file("missing")
        #expect(throws: SafetensorsError.cannotOpen(path: missing, errno: ENOENT)) {
            try SafetensorsCheckpoint(folder: missing, baseName: "model")
        }
    }

    @Test(arguments: [
        "../diffusion_pytorch_model.safetensors", "/etc/passwd", "/tmp/a.safetensors",
        "a/b.safetensors",
        "..", "", "diffusion_pytorch_model.bin", ".safetensors",
    ])
    func `a shard elsewhere is refused`(shard: String) throws {
        let index = "diffusion_pytorch_model.safetensors.index.json"
        try writeIndex(["a": shard], to: index)
        #expect(throws: SafetensorsError.shardOutside(index: path + "/" + index, shard: shard)) {
            try open()
        }
    }

    @Test func `an index must agree with its files`() throws {
        let index = "diffusion_pytorch_model.safetensors.index.json"
        let shard = "diffusion_pytorch_model-00001-of-00002.safetensors"
        try writeIndex(["a": shard, "b": shard], to: index)
        #expect(throws: SafetensorsError.cannotOpen(path: "\(path)/\(shard)", errno: ENOENT)) {
            try open()
        }
        try write(1, to: shard)
        #expect(
            throws: SafetensorsError.keyNotInShard(
                index: "\(path)/\(index)",
                key: "b",
                shard: shard
            )
        ) { try open() }
        try writeIndex(["a": shard], to: index)
        #expect(try open().keys == ["a"])
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"weight_map":[]}"#, #"{"weight_map":{"a":1}}"#,
        String(repeating: "[", count: 100_000), "\u{0}",
    ])
    func `an index that is none is an error`(json: String) throws {
        let index = "diffusion_pytorch_model.safetensors.index.json"
        try folder.write(json.utf8, to: index)
        let error = #expect(throws: SafetensorsError.self) { try open() }
        guard case .malformedIndex("\(path)/\(index)", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a name that is almost right is answered with the right one`() throws {
        try Safetensors.write(
            [("conv_in.weight", Tensor(1))],
            to: folder.file("diffusion_pytorch_model.safetensors")
        )
        let checkpoint = try open()
        #expect(
            throws: SafetensorsError.unknownKey(
                path: path,
                key: "conv_in.wieght",
                nearest: "conv_in.weight"
            )
        ) { try checkpoint.tensor(named: "conv_in.wieght") }
        #expect(checkpoint.shape(of: "conv_in.wieght") == nil)
        #expect(checkpoint.file(of: "conv_in.wieght") == path)
    }
}
