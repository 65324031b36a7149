import Imaging
import Testing

struct ImageMetricsTests {
    struct Case: Decodable {
        var reference: Goldens.Image
        var image: Goldens.Image
        var psnr: Double
        var ssim: Double
    }

    @Test func `PSNR and SSIM equal scikit-image's`() throws {
        let cases: [Case] = try Goldens.json("metrics.json")
        #expect(cases.count == 4)
        for golden in cases {
            let (image, reference) = (try golden.image.pixels(), try golden.reference.pixels())
            #expect(abs(try ImageMetrics.psnr(image, reference) - golden.psnr) < 1e-9)
            #expect(abs(try ImageMetrics.ssim(image, reference) - golden.ssim) < 1e-9)
        }
    }

    @Test func `equal images are alike without limit`() throws {
        let image = try PixelImage(width: 16, height: 16, grey: Array(0...255))
        #expect(try ImageMetrics.psnr(image, image) == .infinity)
        #expect(try ImageMetrics.ssim(image, image) == 1)
    }

    @Test func `what cannot be compared is refused`() throws {
        let small = try PixelImage(width: 10, height: 12, channelCount: 1, bitDepth: 8)
        #expect(throws: ImagingError.tooSmall(width: 10, height: 12, minimum: 11)) {
            try ImageMetrics.ssim(small, small)
        }
        let colour = small.convertedToRGB()
        #expect(throws: ImagingError.notGrey(channelCount: 3)) {
            try ImageMetrics.ssim(colour, colour)
        }
        #expect(throws: ImagingError.self) { try ImageMetrics.psnr(small, colour) }
    }
}
