import Foundation
import Imaging

/// The part of a picture that a model works on, and the size it works at.
struct EditingRegion: Equatable {
    /// The part, in the picture's pixels.
    let crop: PixelRectangle
    /// Columns at work, a multiple of the model's factor.
    let width: Int
    /// Rows at work, too.
    let height: Int

    /// The surroundings of what changes, as large as the model's pictures where that is enough.
    ///
    /// - Parameters:
    ///   - box: what changes; nil for the whole picture.
    ///   - pictureWidth: columns of the picture.
    ///   - pictureHeight: rows of the picture.
    ///   - model: the size that the model works best at.
    ///   - factor: the multiples that sides must have.
    init(
        around box: PixelRectangle?,
        pictureWidth: Int,
        pictureHeight: Int,
        model: ImageSize,
        factor: Int
    ) {
        guard let box else {
            let whole = PixelRectangle(x: 0, y: 0, width: pictureWidth, height: pictureHeight)
            self.init(crop: whole, model: model, factor: factor)
            return
        }
        // Half of what changes is seen on each side of it, at least.
        let context = max(box.width, box.height) / 2
        let width = min(max(model.width, box.width + 2 * context), pictureWidth)
        let height = min(max(model.height, box.height + 2 * context), pictureHeight)
        func start(_ center: Int, _ side: Int, of all: Int) -> Int {
            min(max(center - side / 2, 0), all - side)
        }
        let crop = PixelRectangle(
            x: start(box.x + box.width / 2, width, of: pictureWidth),
            y: start(box.y + box.height / 2, height, of: pictureHeight),
            width: width,
            height: height
        )
        self.init(crop: crop, model: model, factor: factor)
    }

    /// The model's size where the crop has it, else one of its area and the crop's shape.
    private init(crop: PixelRectangle, model: ImageSize, factor: Int) {
        self.crop = crop
        let area = Double(model.width * model.height)
        let scale = (area / Double(crop.width * crop.height)).squareRoot()
        func side(_ length: Int) -> Int {
            max(1, Int((Double(length) * scale / Double(factor)).rounded())) * factor
        }
        let isModels = crop.width == model.width && crop.height == model.height
        width = isModels ? model.width : side(crop.width)
        height = isModels ? model.height : side(crop.height)
    }

    /// The part of a shown picture at the size of work.
    func picture(of shown: PixelImage) throws -> PixelImage {
        try shown.cropped(to: crop).resized(width: width, height: height)
    }

    /// The part of a mask at the size of work; every block of latents that it touches is whole.
    func mask(_ mask: PixelMask, factor: Int) throws -> PixelMask {
        let part = try mask.cropped(to: crop)
        var small = try PixelMask(width: width, height: height)
        for y in 0..<crop.height {
            for x in 0..<crop.width where part[x, y] {
                // Every pixel at work that the masked one reaches into.
                let right = max(x * width / crop.width, ((x + 1) * width - 1) / crop.width)
                let bottom = max(y * height / crop.height, ((y + 1) * height - 1) / crop.height)
                for newY in y * height / crop.height...bottom {
                    for newX in x * width / crop.width...right { small[newX, newY] = true }
                }
            }
        }
        return small.coveringBlocks(of: factor)
    }

    /// A picture at the size of work as large as the part again.
    func enlarged(_ painted: PixelImage) throws -> PixelImage {
        try painted.resized(width: crop.width, height: crop.height)
    }
}
