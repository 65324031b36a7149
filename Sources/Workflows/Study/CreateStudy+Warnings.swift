import Foundation
import ReaderStudy

extension CreateStudy {
    /// Says what may spoil the study.
    func warn(_ preparation: StudyFacts.Preparation, _ report: (Event) -> Void) {
        report(
            .note(
                "all images are shown as \(preparation.side) x \(preparation.side) pixels of 8-bit grey"
            )
        )
        guard request.real != nil else {
            report(
                .warning(
                    "there are only synthetic images: specificity and any comparison with chance will be "
                        + "undefined, and a reader who calls everything fake is right every time; "
                        + "add real images with --real"
                )
            )
            return
        }
        guard let matched = preparation.matched, let originals = preparation.originals else {
            report(
                .warning(
                    "too few images for the confound check, which needs "
                        + "\(ConfoundCheck.smallestCount) of each kind; look at them yourself"
                )
            )
            return
        }
        report(.note("format of the original files: \(Self.text(originals))"))
        report(.note("format of the shown images: \(Self.text(matched))"))
        guard matched.separates else { return }
        let telling = matched.features.prefix(3).filter { $0.weight != 0 }.map { feature in
            "\(feature.name) (\(feature.weight > 0 ? "more" : "less") in synthetic images)"
        }
        report(
            .warning(
                "the format alone tells real from synthetic images, so readers can learn it; most telling: "
                    + "\(telling.joined(separator: ", ")); choose images of like origin, or crop borders "
                    + "before the study"
            )
        )
    }

    private static func text(_ check: ConfoundCheck) -> String {
        String(
            format:
                "a classifier tells real from synthetic with an area of %.2f (95 %% %.2f to %.2f)",
            check.area,
            check.interval.lower,
            check.interval.upper
        )
    }
}
