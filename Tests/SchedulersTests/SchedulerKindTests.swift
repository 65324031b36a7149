import Schedulers
import Testing

struct SchedulerKindTests {
    @Test(arguments: [
        "pndm", "ddpm", "ddim", "euler", "euler-ancestral", "dpmpp-2m", "dpmpp-2m-karras", "heun",
        "unipc",
    ])
    func `the command line's names are known`(name: String) throws {
        #expect(try SchedulerKind(named: name).rawValue == name)
    }

    @Test(arguments: [
        ("DDIM", "ddim"), ("eulr", "euler"), ("euler_ancestral", "euler-ancestral"),
        ("dpm++2m", "dpmpp-2m"), ("dpmpp2mkarras", "dpmpp-2m-karras"), ("uni-pc", "unipc"),
        ("huen", "heun"), ("pmdn", "pndm"),
    ])
    func `a misspelt name is answered with the nearest`(name: String, nearest: String) {
        let error = #expect(throws: SchedulerError.self) { try SchedulerKind(named: name) }
        #expect(error == .unknownName(name, suggestion: nearest))
        #expect(error?.description.contains("did you mean \"\(nearest)\"") == true)
    }

    @Test(arguments: ["", "gaussian-splatting", String(repeating: "x", count: 100_000)])
    func `a name like no other gets the whole list`(name: String) {
        let error = #expect(throws: SchedulerError.self) { try SchedulerKind(named: name) }
        #expect(error == .unknownName(name, suggestion: nil))
        #expect(error?.description.contains("dpmpp-2m-karras") == true)
    }
}
