import Faults
import Testing

/// What is wrong is told all at once, and not without end.
@Suite struct FaultsTests {
    private func right<Value>(_ value: Value) -> Result<Value, Faults<String>> { .success(value) }
    private func wrong<Value>(_: Value.Type, _ faults: String...) -> Result<Value, Faults<String>> {
        .failure(Faults(faults))
    }

    private func faults(_ read: () throws(Faults<String>) -> Void) -> Faults<String>? {
        do throws(Faults<String>) {
            try read()
            return nil
        } catch {
            return error
        }
    }

    @Test
    func `what all readings found comes back in order`() throws {
        let (number, text) = try allRead(right(1), right("one"))
        #expect(number == 1)
        #expect(text == "one")
    }

    @Test
    func `what is wrong with any of them is told of all`() {
        let found = faults { () throws(Faults<String>) in
            _ = try allRead(wrong(Int.self, "a", "b"), right("one"), wrong(Bool.self, "c"))
        }
        #expect(found == Faults(["a", "b", "c"]))
    }

    @Test
    func `what two readings rest on is told once`() {
        let found = faults { () throws(Faults<String>) in
            _ = try allRead(wrong(Int.self, "a"), wrong(Int.self, "b", "a"))
        }
        #expect(found == Faults(["a", "b"]))
    }

    @Test
    func `each element is read, whatever is wrong with those before it`() throws {
        func odd(_ number: Int) throws(Faults<String>) -> Int {
            guard number % 2 == 1 else { throw Faults("\(number) is even") }
            return number
        }
        let read = try [1, 3].allRead(odd)
        #expect(read == [1, 3])
        let found = faults { () throws(Faults<String>) in _ = try [1, 2, 3, 4].allRead(odd) }
        #expect(found == Faults(["2 is even", "4 is even"]))
    }

    @Test
    func `of more than are told the number is`() throws {
        let many = Faults((0..<FaultLimits.told).map(String.init))
        #expect(many.untold == 0)
        let more = try #require(Faults(joining: [many, Faults(["x", "y"])]))
        #expect(more.all == many.all)
        #expect(more.untold == 2)
        #expect(more.description.hasSuffix("\n99\nand 2 more"))
        let most = try #require(Faults(joining: [Faults(["z"]), more]))
        #expect(most.untold == 3)
    }
}
