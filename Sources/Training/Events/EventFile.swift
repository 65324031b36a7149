public import Foundation
public import Imaging

/// A file of figures and pictures that TensorBoard shows.
///
/// Each session of a run writes a file of its own, which says first at which step it begins, so that TensorBoard drops
/// what a killed session has done beyond its last checkpoint.
///
/// - SeeAlso: tensorflow/core/util/event.proto and summary.proto for the fields, lib/io/record_writer.h for
///   the records.
public final class EventFile {
    private let file: GrowingFile
    private let now: () -> Date

    /// Begins a file in `folder`, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - folder: the one that `tensorboard --logdir` is given, or one below it.
    ///   - firstStep: steps done before.
    ///   - now: tells the time.
    /// - Throws: `TrainingError.cannotWrite`.
    public init(folder: String, firstStep: Int, now: @escaping () -> Date = Date.init) throws {
        try GrowingFile.makeFolder(folder)
        // TensorBoard reads the files of a folder in the order of their names.
        let start = String(format: "%.0f", now().timeIntervalSince1970 * 1_000_000)
        file = try GrowingFile(path: "\(folder)/events.out.tfevents.\(start).skiagraph")
        self.now = now
        try write { $0.append(3, "brain.Event:2") }
        // What is there of this step or later ones is dropped.
        try write(step: firstStep + 1) { event in
            var session = ProtocolBuffer()
            session.append(1, 1)  // SessionLog.START
            event.append(7, session)
        }
    }

    /// Writes figures of a step.
    ///
    /// - Throws: `TrainingError.cannotWrite`.
    public func write(step: Int, _ figures: [(name: String, value: Double)]) throws {
        var summary = ProtocolBuffer()
        for (name, value) in figures {
            var entry = ProtocolBuffer()
            entry.append(1, name)
            entry.append(2, Float(value))
            summary.append(1, entry)
        }
        try write(step: step) { $0.append(5, summary) }
    }

    /// Writes a picture of a step.
    ///
    /// - Throws: `TrainingError.cannotWrite`, or `ImagingError`.
    public func write(step: Int, _ name: String, _ picture: PixelImage) throws {
        var image = ProtocolBuffer()
        image.append(1, picture.height)
        image.append(2, picture.width)
        image.append(3, picture.channelCount)
        image.append(4, try picture.encodedPNG())
        var entry = ProtocolBuffer()
        entry.append(1, name)
        entry.append(4, image)
        var summary = ProtocolBuffer()
        summary.append(1, entry)
        try write(step: step) { $0.append(5, summary) }
    }

    private func write(step: Int = 0, _ body: (inout ProtocolBuffer) -> Void) throws {
        var event = ProtocolBuffer()
        event.append(1, now().timeIntervalSince1970)
        event.append(2, step)
        body(&event)
        try file.append(Self.record(event.bytes))
    }

    /// Length and content, each followed by its checksum.
    static func record(_ content: [UInt8]) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(content.count).littleEndian) { Array($0) }
        return length + maskedChecksum(length) + content + maskedChecksum(content)
    }

    private static func maskedChecksum(_ bytes: [UInt8]) -> [UInt8] {
        let checksum = CRC32C.checksum(bytes)
        let masked = (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
        return withUnsafeBytes(of: masked.littleEndian) { Array($0) }
    }
}
