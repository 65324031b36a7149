import Glibc
import Imaging
import Pipelines

extension GenerateImages {
    /// Puts the pictures on a sheet beside their files.
    ///
    /// - Returns: the sheet's path: the first of sheet.png, sheet-2.png, … that is free, or that is
    ///   this very sheet.
    func writeSheet(of images: [PlannedImage]) throws -> String {
        let cells = try images.map { image in
            ContactSheet.Cell(
                image: try PixelImage.read(path: image.path),
                caption: image.request.prompt
            )
        }
        // Four in a row; about as many rows as columns where there are many.
        let side = Int(Double(cells.count).squareRoot().rounded(.up))
        let columnCount = max(min(4, cells.count), side)
        let sheet = try ContactSheet(cells: cells, columnCount: columnCount).image()
        var provenance = images[0].provenance
        provenance.prompt = request.prompts.joined(separator: "\n")
        // The mark of synthetic media without a request of its own: a sheet is no picture.
        let text = PNGText(keyword: PNGText.xmpKeyword, value: provenance.xmpPacket)
        let bytes = try sheet.encodedPNG(text: [text])
        return try firstFree(bytes)
    }

    private func firstFree(_ bytes: [UInt8]) throws -> String {
        var number = 1
        while true {
            let name = number == 1 ? "sheet.png" : "sheet-\(number).png"
            let path = "\(request.outputFolder)/\(name)"
            guard access(path, F_OK) == 0 else {
                try File.create(path, bytes)
                return path
            }
            guard try File.read(path) != bytes else { return path }
            number += 1
        }
    }
}
