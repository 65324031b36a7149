import Foundation

/// What a server says to a store request: the instances that it did not take (PS3.18 10.5.3).
struct StoreResponse {
    /// SOP Instance UIDs with the reason of PS3.18 table 10.5.3-1, as text.
    let failures: [String: String]

    /// Reads the body, a DICOM JSON object; an empty one names no failures.
    ///
    /// - Throws: `DICOMwebError.status` where the body is something else.
    init(status: Int, body: [UInt8]) throws(DICOMwebError) {
        guard !body.isEmpty else {
            failures = [:]
            return
        }
        let object: [String: Attribute]
        do {
            object = try JSONDecoder().decode([String: Attribute].self, from: Data(body))
        } catch {
            throw .status(
                status,
                request: "the store request",
                body: "the answer is no DICOM JSON"
            )
        }
        var failures: [String: String] = [:]
        for case .item(let item) in object[Self.failedSOPSequence]?.values ?? [] {
            guard case .text(let uid)? = item[Self.referencedSOPInstanceUID]?.values.first else {
                continue
            }
            if case .number(let code)? = item[Self.failureReason]?.values.first {
                failures[uid] = Self.reason(code)
            } else {
                failures[uid] = "no reason given"
            }
        }
        self.failures = failures
    }

    private static let failedSOPSequence = "00081198"
    private static let referencedSOPInstanceUID = "00081155"
    private static let failureReason = "00081197"

    /// PS3.18 table 10.5.3-1 and PS3.4 table B.2-1.
    private static func reason(_ code: Int) -> String {
        let words =
            switch code {
            case 0xA700...0xA7FF: "out of resources"
            case 0xA900...0xA9FF: "the data set does not match its SOP class"
            case 0xC000...0xCFFF: "the data set is not understood"
            case 0x0110: "processing failure"
            case 0x0122: "the SOP class is not supported"
            case 0x0124: "not authorized"
            case 0x0131: "the study differs from the one asked for"
            case 0x0111: "the instance is there already with other content"
            default: "refused"
            }
        return "\(words) (failure reason \(code))"
    }

    /// An attribute of DICOM JSON (PS3.18 F.2), as far as this response needs it.
    private struct Attribute: Decodable {
        let values: [Value]

        enum CodingKeys: String, CodingKey { case values = "Value" }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            values = try container.decodeIfPresent([Value].self, forKey: .values) ?? []
        }
    }

    private enum Value: Decodable {
        case text(String)
        case number(Int)
        case item([String: Attribute])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let item = try? container.decode([String: Attribute].self) {
                self = .item(item)
            } else {
                self = .other
            }
        }
    }
}
