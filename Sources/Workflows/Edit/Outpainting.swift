import Imaging

extension EditImage {
    /// How far a picture goes on beyond its borders, and by which words.
    public struct Outpainting: Sendable, Equatable {
        /// How far it goes.
        public enum Extent: Sendable, Equatable {
            /// To a size, with the picture in the middle, or where the body plan has it.
            case size(ImageSize)
            /// By so many pixels on each side.
            case margins(left: Int, up: Int, right: Int, down: Int)
        }

        /// Where the words of each window come from.
        public enum Words: Sendable, Equatable {
            /// The prompt, for all of them.
            case prompt
            /// The built-in plan of the body, from head to foot; the prompt names the picture's region.
            case body
            /// A file with a plan.
            case file(path: String)
        }

        /// How far the picture goes on.
        public var extent: Extent
        /// Where the words come from.
        public var words: Words

        /// Makes an outpainting.
        public init(extent: Extent, words: Words = .prompt) {
            self.extent = extent
            self.words = words
        }
    }
}
