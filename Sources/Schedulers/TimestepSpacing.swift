/// Where among the timesteps of training the steps of a run lie (Lin et al., arXiv:2305.08891,
/// table 2).
public enum TimestepSpacing: String, Sendable, Codable, CaseIterable {
    /// From the last timestep to the first.
    case linspace
    /// Multiples of a whole number from zero up, plus `stepsOffset`.
    case leading
    /// From the last timestep down, in equal parts of the whole.
    case trailing

    /// Lays out the timesteps of a run, descending.
    ///
    /// - Parameters:
    ///   - count: the steps of the run.
    ///   - trainTimestepCount: the timesteps of training.
    ///   - usedTimestepCount: how many of these may be used, counted from the clean end.
    ///   - offset: added to `leading` timesteps.
    ///   - surplus: steps that are laid out at the clean end and dropped.
    ///   - isRounded: whether `linspace` gives whole numbers.
    /// - Returns: at most `count` timesteps, fewer only where not all of training are used.
    func timesteps(
        count: Int,
        trainTimestepCount: Int,
        usedTimestepCount: Int? = nil,
        offset: Int,
        surplus: Int = 0,
        isRounded: Bool
    ) -> [Double] {
        let used = usedTimestepCount ?? trainTimestepCount
        let indices = (surplus..<count + surplus).reversed()
        switch self {
        case .linspace:
            let last = count + surplus - 1
            guard last > 0 else { return [0] }
            let spacing = Double(used - 1) / Double(last)
            return indices.map { index in
                let timestep = index == last ? Double(used - 1) : Double(index) * spacing
                return isRounded ? timestep.rounded(.toNearestOrEven) : timestep.inFloat32
            }
        case .leading:
            let ratio = used / (count + surplus)
            return indices.map { Double($0 * ratio + offset) }
        case .trailing:
            let ratio = Double(trainTimestepCount) / Double(count)
            return (0..<count)
                .map { (Double(used) - Double($0) * ratio).rounded(.toNearestOrEven) - 1 }
                .filter { $0 >= 0 }
        }
    }
}
