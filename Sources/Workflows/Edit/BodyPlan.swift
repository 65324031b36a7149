import Foundation
import Imaging

/// Which words belong to which height of a long picture.
///
/// Heights are parts of the body's, from 0 at the sole to 1 at the crown.
struct BodyPlan: Codable, Equatable, Sendable {
    /// The height at the middle of the picture that is continued.
    var sourceCenter: Double
    /// The part of the body's height that this picture shows.
    var sourceHeight: Double
    /// The regions; where none covers a height, the nearest counts.
    var regions: [Region]

    /// A part of the body.
    struct Region: Codable, Equatable, Sendable {
        /// What it is called.
        var name: String
        /// Its lower end.
        var from: Double
        /// Its upper end.
        var to: Double
        /// The words to paint by.
        var prompt: String
    }

    enum CodingKeys: String, CodingKey {
        case sourceCenter = "source_center"
        case sourceHeight = "source_height"
        case regions
    }

    /// Segment heights of Drillis and Contini (1966): ankle 0.039, knee 0.285, hip 0.530, shoulder
    /// 0.818, chin 0.870 of the body's height; each joint has a region around it.
    private static let body: [(name: String, from: Double, to: Double)] = [
        ("foot", 0, 0.03), ("ankle", 0.03, 0.08), ("lower leg", 0.08, 0.22), ("knee", 0.22, 0.35),
        ("thigh", 0.35, 0.46), ("pelvis", 0.46, 0.58), ("abdomen", 0.58, 0.68),
        ("chest", 0.68, 0.82), ("neck", 0.82, 0.87), ("head", 0.87, 1),
    ]

    /// What a radiograph of one region shows, as a part of the body's height: 25 cm of 170.
    private static let usualSourceHeight = 0.147

    /// The built-in plan for a picture of the region that its prompt names.
    ///
    /// - Throws: `EditError.noRegion`.
    init(named prompt: String) throws(EditError) {
        let text = prompt.lowercased()
        guard let own = Self.body.first(where: { text.contains($0.name) }) else {
            throw .noRegion(prompt: prompt, known: Self.body.map(\.name))
        }
        sourceCenter = (own.from + own.to) / 2
        sourceHeight = Self.usualSourceHeight
        regions = Self.body.map { region in
            Region(
                name: region.name,
                from: region.from,
                to: region.to,
                // The user's other words keep modality and view.
                prompt: prompt.replacingOccurrences(
                    of: own.name,
                    with: region.name,
                    options: .caseInsensitive
                )
            )
        }
    }

    /// Reads a plan.
    ///
    /// - Throws: `EditError.plan`, `ImagingError`.
    init(path: String) throws {
        let bytes = try File.read(path, limits: DecodingLimits(maximumByteCount: 1 << 20))
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw EditError.plan(path: path, reason: Self.reason(error))
        }
        let numbers = [sourceCenter, sourceHeight] + regions.flatMap { [$0.from, $0.to] }
        guard !regions.isEmpty, sourceHeight > 0, numbers.allSatisfy(\.isFinite),
            regions.allSatisfy({ $0.from < $0.to })
        else {
            throw EditError.plan(
                path: path,
                reason: "it needs regions with from < to, and a source_height above 0"
            )
        }
    }

    /// What a decoder met, in a few words.
    private static func reason(_ error: any Error) -> String {
        func place(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
            (path + [last].compactMap(\.self)).map {
                $0.intValue.map { "[\($0)]" } ?? $0.stringValue
            }
            .joined(separator: ".")
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(place(context.codingPath, key)) is missing"
        case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
        case .typeMismatch(let type, let context):
            context.codingPath.isEmpty
                ? "it holds no object" : "\(place(context.codingPath)) must be of the kind \(type)"
        case .dataCorrupted(let context): "it is no JSON: \(context.debugDescription)"
        default: "\(error)"
        }
    }

    /// The words at a height of the body.
    func prompt(at height: Double) -> String {
        let nearest = regions.min { distance($0, height) < distance($1, height) }
        return nearest?.prompt ?? ""
    }

    private func distance(_ region: Region, _ height: Double) -> Double {
        max(region.from - height, height - region.to, 0)
    }
}
