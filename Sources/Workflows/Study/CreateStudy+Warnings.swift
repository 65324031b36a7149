import Foundation
import ReaderStudy

extension CreateStudy {
    /// Says what may spoil the study.
    ///
    /// - Parameters:
    ///   - preparation: how the images were made alike.
    ///   - truths: what each image is.
    ///   - report: takes notes and warnings.
    func warn(
        _ preparation: StudyFacts.Preparation,
        _ truths: [Truth],
        _ report: (Event) -> Void
    ) {
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
        let realCount = truths.count { $0 == .real }
        let fakeCount = truths.count - realCount
        // Accuracy is tested against one half, which is chance for as many of either kind.
        if max(realCount, fakeCount) * 10 > min(realCount, fakeCount) * 11 {
            let usual = realCount > fakeCount ? "real" : "fake"
            let share = 100 * max(realCount, fakeCount) / truths.count
            report(
                .warning(
                    "there are \(realCount) real and \(fakeCount) synthetic images: a reader who calls "
                        + "everything \(usual) is right in \(share) % of them without looking; take "
                        + "as many of either kind with --images \(min(realCount, fakeCount))"
                )
            )
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
        let telling = matched.features.prefix(3).filter { $0.separation > 0 }.map { feature in
            let side = feature.area > 0.5 ? "more" : "less"
            return String(
                format: "%@ (%@ in synthetic images, %.2f alone)",
                feature.name,
                side,
                0.5 + feature.separation
            )
        }
        let advice =
            preparation.realThrough == nil
            ? "let the real images go through the generator's autoencoder (--real-through MODEL), show all "
                + "smaller (--side), choose images of like origin, or crop borders before the study"
            : "show all smaller (--side), choose images of like origin, or crop borders before the study"
        report(
            .warning(
                "the format alone tells real from synthetic images, so readers can learn it; most telling: "
                    + "\(telling.joined(separator: ", ")); \(advice)"
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
