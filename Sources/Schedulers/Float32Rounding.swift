extension Double {
    /// The nearest number that float32 has.
    ///
    /// diffusers computes its schedules in float32. Where rounding shows (products of a thousand
    /// factors, differences of nearly equal numbers near zero terminal SNR) the same roundings are
    /// made here.
    var inFloat32: Double { Double(Float(self)) }
}
