import Foundation
import ReaderStudy
import StudyStore

/// What the reading page shows; its fields are those of `reading.mustache`.
struct ReadingPage {
    /// A question with one answer of several.
    struct Question {
        let name: String
        let legend: String
        /// The style of the choices: in a row of words, or as a scale.
        let layout: String
        let choices: [Choice]
        let ends: Ends?
    }

    struct Choice {
        let text: String
        let value: String
        /// The digit that chooses it.
        let key: Int
        /// The keys as a reader sees them.
        let hint: String
        let isChosen: Bool
        /// Whether the confidence question does not apply.
        var isUnsure = false
    }

    struct Ends {
        let low: String
        let high: String
    }

    struct Description {
        let text: String
        let limit: Int
        let terms: [Term]
    }

    struct Term {
        let term: String
        let isChosen: Bool
    }

    struct KeyHelp {
        let strokes: [String]
        let meaning: String
    }

    let title: String
    let heading: String
    let total: Int
    let done: Int
    let previous: String?
    let isRevision: Bool
    let image: String
    let csrf: String
    /// Makes a second arrival of this page's answer harmless.
    let key = UUID().uuidString
    let seconds: String
    let questions: [Question]
    let description: Description?
    let save: String
    let keys: [KeyHelp]

    /// The page of one image.
    init(_ task: ReadingTask, _ definition: StudyDefinition, csrf: String) {
        title = definition.title
        heading = "Image \(task.number) of \(task.total)"
        total = task.total
        done = task.number - 1
        previous = task.previousImageID
        isRevision = task.isRevision
        image = task.imageID
        self.csrf = csrf
        seconds = String(task.draft.seconds ?? 0)
        questions = Self.questions(task, definition)
        description = definition.asksDescription ? Self.description(task.draft, definition) : nil
        save = task.isRevision ? "Save the change" : "Save and go on"
        keys = Self.keys(task.phase, definition)
    }

    private static func questions(
        _ task: ReadingTask,
        _ definition: StudyDefinition
    ) -> [Question] {
        guard task.phase == .judgement else {
            let ends = Ends(low: "very poor", high: "very good")
            return [
                scale("quality", "How good is the image?", 5, task.draft.quality, ends, shift: "")
            ]
        }
        let choices = definition.labels.enumerated().map { index, label in
            Choice(
                text: label.rawValue.capitalized,
                value: label.rawValue,
                key: index + 1,
                hint: "\(index + 1)",
                isChosen: label == task.draft.label,
                isUnsure: label == .uncertain
            )
        }
        let label = Question(
            name: "label",
            legend: "Is the image real or fake?",
            layout: "words",
            choices: choices,
            ends: nil
        )
        guard let levels = definition.confidenceLevels else { return [label] }
        let ends = Ends(low: "guess", high: "certain")
        return [
            label,
            scale(
                "confidence",
                "How sure are you?",
                levels,
                task.draft.confidence,
                ends,
                shift: "⇧"
            ),
        ]
    }

    private static func scale(
        _ name: String,
        _ legend: String,
        _ levels: Int,
        _ chosen: Int?,
        _ ends: Ends,
        shift: String
    ) -> Question {
        let choices = (1...levels).map { level in
            Choice(
                text: "\(level)",
                value: "\(level)",
                key: level,
                hint: shift.isEmpty ? "" : "\(shift)\(level)",
                isChosen: level == chosen
            )
        }
        return Question(name: name, legend: legend, layout: "scale", choices: choices, ends: ends)
    }

    private static func description(
        _ draft: AnswerDraft,
        _ definition: StudyDefinition
    ) -> Description {
        Description(
            text: draft.description,
            limit: AnswerDraft.descriptionLimit,
            terms: definition.regionTerms.map { term in
                Term(term: term, isChosen: draft.regions.contains(term))
            }
        )
    }

    private static func keys(_ phase: ReadingPhase, _ definition: StudyDefinition) -> [KeyHelp] {
        let range = { (count: Int) in ["1", "…", "\(count)"] }
        var keys: [KeyHelp] = []
        if phase == .judgement {
            for (index, label) in definition.labels.enumerated() {
                let meaning = label.rawValue.capitalized
                keys.append(KeyHelp(strokes: ["\(index + 1)"], meaning: meaning))
            }
            if let levels = definition.confidenceLevels {
                keys.append(KeyHelp(strokes: ["Shift"] + range(levels), meaning: "How sure"))
            }
        } else {
            keys.append(KeyHelp(strokes: range(5), meaning: "Quality"))
        }
        if definition.asksDescription {
            keys.append(KeyHelp(strokes: ["D"], meaning: "Describe; Esc leaves the field"))
        }
        keys.append(KeyHelp(strokes: ["Enter"], meaning: "Save and go on"))
        if definition.allowsRevision {
            keys.append(KeyHelp(strokes: ["B"], meaning: "Back to the image before"))
        }
        return keys + viewKeys
    }

    private static let viewKeys = [
        KeyHelp(strokes: ["P"], meaning: "Pause"),
        KeyHelp(strokes: ["+", "−"], meaning: "Zoom; wheel or two fingers"),
        KeyHelp(strokes: ["←", "→", "↑", "↓"], meaning: "Move; Shift-drag or two fingers"),
        KeyHelp(strokes: ["Shift", "←", "→"], meaning: "Window width; drag sideways"),
        KeyHelp(strokes: ["Shift", "↑", "↓"], meaning: "Window level; drag up or down"),
        KeyHelp(strokes: ["I"], meaning: "Invert"),
        KeyHelp(strokes: ["R"], meaning: "Reset zoom and window"),
        KeyHelp(strokes: ["?"], meaning: "This list"),
    ]
}
