import Foundation

extension String {
    /// The text as VR ST holds it: at most 1024 characters; a longer one is cut and says so.
    var shortText: String { fitting(1024, keepsLineBreaks: true) }

    /// The text as VR LO holds it: at most 64 characters of one value.
    var longString: String { fitting(64, keepsLineBreaks: false).replacing("\\", with: "/") }

    /// PS3.5 6.1.3 and 6.2: no control characters, in LO no line breaks either.
    private func fitting(_ count: Int, keepsLineBreaks: Bool) -> String {
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            if keepsLineBreaks, scalar == "\n" || scalar == "\r" { return scalar }
            return scalar.properties.generalCategory == .control ? " " : scalar
        }
        guard scalars.count > count else { return String(String.UnicodeScalarView(scalars)) }
        return String(String.UnicodeScalarView(scalars.prefix(count - 3))) + "..."
    }
}

/// A moment in the forms of VR DA, TM and DT, in UTC.
struct DICOMDate {
    let date: String
    let time: String

    init(_ moment: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second],
            from: moment
        )
        date = String(format: "%04d%02d%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        time = String(
            format: "%02d%02d%02d",
            parts.hour ?? 0,
            parts.minute ?? 0,
            parts.second ?? 0
        )
    }

    var dateTime: String { date + time + "+0000" }
}
