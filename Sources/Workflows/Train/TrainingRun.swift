import Foundation
import Models
public import Training

/// All that a training run is told, stored in its folder as `configuration.json`.
public struct TrainingRun: Equatable, Sendable {
    /// What is trained, and how.
    public enum Method: Equatable, Sendable {
        /// An autoencoder from nothing.
        case vae(AutoencoderTraining.Configuration)
        /// UNet and text encoder from nothing, in the latents of the autoencoder in the folder `base`.
        case scratch(DiffusionTraining.Configuration, base: String)
        /// All weights of the UNet of the model in the folder `base`, and of its text encoder if asked.
        case full(FineTuning, base: String)
        /// Low-rank changes to the weights of the model in the folder `base`.
        case lora(FineTuning, base: String)
    }

    /// What is trained, and how.
    public var method: Method
    /// A folder of sets with a manifest.csv each.
    public var data: String
    /// A folder of sets with images of what the base is not to forget.
    public var prior: String?

    /// A run on the images in `data`.
    public init(_ method: Method, data: String, prior: String? = nil) {
        self.method = method
        self.data = Self.absolute(data)
        self.prior = prior.map(Self.absolute)
    }

    /// A run of the method `name` with the settings in a JSON file, of which it need give only what differs from
    /// the defaults.
    ///
    /// - Parameters:
    ///   - name: the method as the command line spells it.
    ///   - settingsFile: the JSON file; nil takes the defaults.
    ///   - data: a folder of sets.
    ///   - base: a model folder, for methods that begin with one.
    ///   - prior: a folder of sets with images of what the base is not to forget.
    /// - Throws: `SettingsError`, or what is wrong with the config.json of a model in the file.
    public init(
        _ name: Name,
        settingsFile: String?,
        data: String,
        base: String? = nil,
        prior: String? = nil
    ) throws {
        let given = try settingsFile.map { try SettingsFile.object(in: $0) } ?? [:]
        try self.init(
            Method(name, given, base: base.map(Self.absolute), path: settingsFile ?? "settings"),
            data: data,
            prior: prior
        )
    }

    /// The methods by name.
    public enum Name: String, CaseIterable, Sendable {
        case vae, scratch, full, lora
    }

    /// How the parameters are moved, which all methods are told.
    var optimization: OptimizationConfiguration {
        switch method {
        case .vae(let settings): settings.optimization
        case .scratch(let configuration, _): configuration.settings.optimization
        case .full(let fineTuning, _), .lora(let fineTuning, _): fineTuning.settings.optimization
        }
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path
    }
}

// MARK: - The file

extension TrainingRun {
    /// Where a run's folder has it.
    static func path(inRun folder: String) -> String { "\(folder)/configuration.json" }

    /// Reads the run in a folder.
    ///
    /// - Throws: `SettingsError`.
    public init(folder: String) throws {
        let path = Self.path(inRun: folder)
        let object = try SettingsFile.object(in: path)
        guard let name = (object["method"] as? String).flatMap(Name.init(rawValue:)),
            let data = object["data"] as? String,
            let settings = object["settings"] as? [String: Any]
        else {
            throw SettingsError.invalid(
                path: path,
                key: "method, data, settings",
                reason: "they do not describe a run; begin it anew with skiagraph train, which "
                    + "continues from the checkpoint in the folder"
            )
        }
        self.data = data
        prior = object["prior"] as? String
        method = try Method(name, settings, base: object["base"] as? String, path: path)
    }

    /// Writes the run into a folder.
    func store(inRun folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(self) + Data("\n".utf8))
            .write(to: URL(filePath: Self.path(inRun: folder)), options: .atomic)
    }
}

extension TrainingRun: Encodable {
    private enum CodingKeys: String, CodingKey { case method, data, base, prior, settings }

    /// Writes what `init(folder:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(method.name.rawValue, forKey: .method)
        try container.encode(data, forKey: .data)
        try container.encodeIfPresent(method.base, forKey: .base)
        try container.encodeIfPresent(prior, forKey: .prior)
        try method.settings.encode(to: container.superEncoder(forKey: .settings))
    }
}

extension TrainingRun.Method {
    var name: TrainingRun.Name {
        switch self {
        case .vae: .vae
        case .scratch: .scratch
        case .full: .full
        case .lora: .lora
        }
    }

    /// What differs from run to run of a method.
    fileprivate var settings: any Encodable {
        switch self {
        case .vae(let settings): settings
        case .scratch(let settings, _): settings
        case .full(let settings, _), .lora(let settings, _): settings
        }
    }

    /// The settings as JSON, without the paths of the machine that they were used on.
    func settingsText() throws -> String { try settings.jsonText() }

    /// The model folder that it begins with, if any.
    var base: String? {
        switch self {
        case .vae: nil
        case .scratch(_, let base), .full(_, let base), .lora(_, let base): base
        }
    }

    init(_ name: TrainingRun.Name, _ given: [String: Any], base: String?, path: String) throws {
        func required() throws(SettingsError) -> String {
            guard let base else {
                throw .invalid(
                    path: path,
                    key: "base",
                    reason: "training \(name.rawValue) needs a model to begin with"
                )
            }
            return base
        }
        switch name {
        case .vae:
            self = .vae(try SettingsFile.decode(given, over: .init(), path: path))
        case .scratch:
            for key in ["unet", "textEncoder"] where given[key] == nil {
                throw SettingsError.invalid(
                    path: path,
                    key: key,
                    reason: "it is missing; it takes the config.json of the model to train"
                )
            }
            let defaults = DiffusionTraining.Configuration(unet: .init(), textEncoder: .init())
            let settings = try SettingsFile.decode(given, over: defaults, path: path)
            self = .scratch(settings, base: try required())
        case .full:
            let settings = try SettingsFile.decode(given, over: FineTuning(), path: path)
            self = .full(settings, base: try required())
        case .lora:
            let settings = try SettingsFile.decode(given, over: FineTuning.lowRank, path: path)
            self = .lora(settings, base: try required())
        }
    }
}
