internal import CTorch

extension Tensor {
    /// A tensor of zeros.
    public static func zeros(_ shape: [Int], dtype: DType = .float32, device: Device = .cpu)
        -> Tensor
    {
        aten("aten::zeros", shape, dtype, Int?.none, device)
    }

    /// A tensor of ones.
    public static func ones(_ shape: [Int], dtype: DType = .float32, device: Device = .cpu)
        -> Tensor
    {
        aten("aten::ones", shape, dtype, Int?.none, device)
    }

    /// A tensor with `value` everywhere.
    public static func full(
        _ shape: [Int],
        _ value: Double,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        aten("aten::full", shape, value, dtype, Int?.none, device)
    }

    /// Zeros of the shape, type and device of `other`.
    public static func zeros(like other: Tensor) -> Tensor { aten("aten::zeros_like", other) }

    /// 0, 1, 2, … below `count`, as `int64` unless asked otherwise.
    public static func arange(_ count: Int, dtype: DType = .int64, device: Device = .cpu) -> Tensor
    {
        aten("aten::arange", count, dtype, Int?.none, device)
    }

    /// `count` numbers evenly from `start` to `end`, both included.
    public static func linspace(
        _ start: Double,
        _ end: Double,
        count: Int,
        dtype: DType = .float32
    ) -> Tensor {
        aten("aten::linspace", start, end, count, dtype)
    }

    /// Independent unit Gaussians, drawn on the CPU and then moved, as diffusers' `randn_tensor` does.
    public static func randn(
        _ shape: [Int],
        generator: Generator,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        aten("aten::randn.generator", shape, generator, dtype).to(device)
    }

    /// Independent uniform numbers in 0..<1.
    public static func rand(
        _ shape: [Int],
        generator: Generator,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        aten("aten::rand.generator", shape, generator, dtype).to(device)
    }

    /// Independent uniform integers in `range`, as `int64`.
    public static func randint(_ range: Range<Int>, _ shape: [Int], generator: Generator) -> Tensor
    {
        aten(
            "aten::randint.low_generator",
            range.lowerBound,
            range.upperBound,
            shape,
            generator,
            DType.int64
        )
    }

    /// A scalar.
    public init(_ value: Double, dtype: DType = .float32) {
        self = .full([], value, dtype: dtype)
    }

    /// A tensor of these numbers, in row-major order.
    public init(_ values: [Float], _ shape: [Int]) {
        self.init(copying: values, shape, dtype: .float32)
    }

    /// A tensor of these numbers, in row-major order.
    public init(_ values: [Int], _ shape: [Int]) {
        self.init(copying: values.map(Int64.init), shape, dtype: .int64)
    }

    /// A tensor of these numbers, in row-major order.
    public init(_ values: [UInt8], _ shape: [Int]) {
        self.init(copying: values, shape, dtype: .uint8)
    }

    private init<Element>(copying values: [Element], _ shape: [Int], dtype: DType) {
        guard values.count == shape.reduce(1, *) else {
            ErrorScope.record(
                TorchError(
                    operation: "Tensor.init",
                    message: "\(values.count) values do not fill the shape \(shape)"
                )
            )
            self.init(handle: nil)
            return
        }
        self = values.withUnsafeBytes { Tensor(copying: $0, shape, dtype: dtype) }
    }

    /// A tensor with a copy of these bytes, of which there must be as many as the shape needs.
    init(copying bytes: UnsafeRawBufferPointer, _ shape: [Int], dtype: DType) {
        self = Tensor.zeros(shape, dtype: dtype)
        withHandle { handle in
            guard let handle, let source = bytes.baseAddress, let data = ct_tensor_data(handle)
            else { return }
            data.copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// A tensor over memory that `owner` keeps in place for as long as any tensor uses it.
    package static func over(
        _ memory: UnsafeRawPointer,
        shape: [Int],
        dtype: DType,
        owner: AnyObject
    ) -> Tensor {
        let context = Unmanaged.passRetained(owner).toOpaque()
        let handle = ct_tensor_over(
            UnsafeMutableRawPointer(mutating: memory),
            shape.map(Int64.init),
            Int64(shape.count),
            dtype.rawValue,
            { context in
                guard let context else { return }
                Unmanaged<AnyObject>.fromOpaque(context).release()
            },
            context
        )
        if handle == nil { ErrorScope.record() }
        return Tensor(handle: handle)
    }
}
