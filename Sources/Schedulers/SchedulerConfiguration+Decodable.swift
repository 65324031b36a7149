public import Foundation

extension SchedulerConfiguration: Decodable {
    /// Reads the options; those with a leading underscore are diffusers' own notes.
    ///
    /// - Throws: `SchedulerError` for an unknown key and for a value that is not one of a list;
    ///   `DecodingError` for a value of another type.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func option<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            try values.decodeIfPresent(Value.self, forKey: key)
        }
        func choice<Value>(_ key: CodingKeys) throws -> Value?
        where Value: CaseIterable & RawRepresentable<String> {
            guard let name: String = try option(key) else { return nil }
            guard let value = Value(rawValue: name) else {
                throw SchedulerError.unsupportedOption(
                    key: key.rawValue,
                    value: "\"\(name)\"",
                    supported: Value.allCases.map(\.rawValue).joined(separator: ", ")
                )
            }
            return value
        }
        self.init()
        className = try option(.className)
        trainTimestepCount = try option(.trainTimestepCount)
        betaStart = try option(.betaStart)
        betaEnd = try option(.betaEnd)
        betaSchedule = try choice(.betaSchedule)
        trainedBetas = try option(.trainedBetas)
        predictionType = try choice(.predictionType)
        timestepSpacing = try choice(.timestepSpacing)
        stepsOffset = try option(.stepsOffset)
        rescalesBetasToZeroSNR = try option(.rescalesBetasToZeroSNR)
        setsAlphaToOne = try option(.setsAlphaToOne)
        skipsPRKSteps = try option(.skipsPRKSteps)
        clipsSample = try option(.clipsSample)
        clipSampleRange = try option(.clipSampleRange)
        varianceType = try choice(.varianceType)
        usesKarrasSigmas = try option(.usesKarrasSigmas)
        sigmaMin = try option(.sigmaMin)
        sigmaMax = try option(.sigmaMax)
        finalSigmasType = try choice(.finalSigmasType)
        solverOrder = try option(.solverOrder)
        solverType = try choice(.solverType)
        lowersOrderAtEnd = try option(.lowersOrderAtEnd)
        usesEulerAtEnd = try option(.usesEulerAtEnd)
        lambdaMinClipped = try option(.lambdaMinClipped)
        disabledCorrectorSteps = try option(.disabledCorrectorSteps)
        unsupportedOptions = try Self.unsupportedOptions(in: decoder)
    }

    /// Reads a file in the form of diffusers' scheduler_config.json.
    ///
    /// - Throws: `SchedulerError`.
    public init(contentsOf file: URL) throws(SchedulerError) {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw .unreadable(file: file.path, reason: error.localizedDescription)
        }
        do {
            try self.init(json: data)
        } catch {
            guard case .unreadable(_, let reason) = error else { throw error }
            throw .unreadable(file: file.path, reason: reason)
        }
    }

    /// Reads the JSON of diffusers, in which numbers may be `-Infinity`.
    ///
    /// - Throws: `SchedulerError`.
    public init(json: Data) throws(SchedulerError) {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        do {
            self = try decoder.decode(Self.self, from: Self.quotingInfinities(json))
        } catch let error as SchedulerError {
            throw error
        } catch let error as DecodingError {
            throw .unreadable(file: "scheduler_config.json", reason: Self.reason(error))
        } catch {
            throw .unreadable(file: "scheduler_config.json", reason: "\(error)")
        }
    }

    private static func unsupportedOptions(in decoder: any Decoder) throws -> [UnsupportedOption] {
        let values = try decoder.container(keyedBy: OptionName.self)
        return try values.allKeys.sorted { $0.stringValue < $1.stringValue }.compactMap { key in
            let name = key.stringValue
            guard CodingKeys(stringValue: name) == nil, !name.hasPrefix("_") else { return nil }
            guard UnsupportedOption.isKnown(name) else {
                throw SchedulerError.unknownOption(key: name)
            }
            return UnsupportedOption(
                key: name,
                value: try values.decode(JSONScalar.self, forKey: key)
            )
        }
    }

    /// Python writes numbers that JSON lacks; put into quotes, `JSONDecoder` takes them.
    private static func quotingInfinities(_ json: Data) -> Data {
        let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
        let bytes = Array(json)
        var (result, index, isInString) = ([UInt8](), 0, false)
        while index < bytes.count {
            if !isInString, let word = words.first(where: { bytes[index...].starts(with: $0) }) {
                result += [UInt8(ascii: "\"")] + word + [UInt8(ascii: "\"")]
                index += word.count
                continue
            }
            if bytes[index] == UInt8(ascii: "\"") { isInString.toggle() }
            let isEscape = isInString && bytes[index] == UInt8(ascii: "\\")
            result += bytes[index..<min(index + (isEscape ? 2 : 1), bytes.count)]
            index += isEscape ? 2 : 1
        }
        return Data(result)
    }

    private static func reason(_ error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default:
            return "\(error)"
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty
            ? "not a JSON object of scheduler options: \(context.debugDescription)"
            : "option \(path): \(context.debugDescription)"
    }
}

/// Any key of a JSON object.
private struct OptionName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
