internal import CTorch
import Foundation

/// Settings of the whole process.
public enum Engine {
    /// The version of libtorch that this program was built with.
    public static var libtorchVersion: String { String(cString: ct_version()) }

    /// The number of threads an operation may use.
    public static var threadCount: Int {
        get { Int(ct_thread_count()) }
        set {
            guard ct_set_thread_count(Int32(clamping: newValue)) else {
                ErrorScope.record()
                return
            }
        }
    }

    /// Settles threads, allocator and OpenMP waiting; call it before anything else happens.
    ///
    /// OpenMP reads `OMP_WAIT_POLICY` when the program is loaded, so the program starts itself once more with it:
    /// spinning threads cost a tenfold when another process wants the cores. A value that the user has set stays.
    /// Large blocks stay in the process when freed, because giving each back to the kernel and faulting it in
    /// again cost a convolution up to 30 %.
    public static func prepare() {
        if getenv("OMP_WAIT_POLICY") == nil {
            setenv("OMP_WAIT_POLICY", "PASSIVE", 1)
            let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
            execv("/proc/self/exe", arguments)
            // Without the restart everything still works, only slower beside other programs.
            for argument in arguments { free(argument) }
        }
        ct_keep_freed_memory()
    }
}
