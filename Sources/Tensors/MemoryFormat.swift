/// How an image batch `[N, C, H, W]` lies in memory; raw values are libtorch's.
public enum MemoryFormat: Int64, Sendable {
    /// Row by row, plane by plane.
    case contiguous = 0
    /// Pixel by pixel with all channels of one beside each other (NHWC), the faster one for convolution.
    case channelsLast = 2
}
