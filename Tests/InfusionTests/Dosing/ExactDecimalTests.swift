import Foundation
import Testing

@testable import Infusion

@Suite struct ExactDecimalTests {
    @Test func `a literal read from text is exact`() {
        #expect(d("2.4") * 10 == 24)
        #expect(d("2.4").description == "2.4")
        #expect(d("0.0442") * 10_000 == 442)
        #expect(d("0.45359237").description == "0.45359237")
        #expect(d("1.6114") * 10_000 == 16_114)
        #expect(d("3.097") * 1_000 == 3_097)
        #expect(d("-0.5") == Decimal(-1) / 2)
    }

    @Test func `a literal through a double need not be`() {
        // Why `d` exists.
        #expect(Decimal(3.133) != d("3.133"))
    }

    @Test func `Ganzoni on exact decimals has no remainder`() {
        #expect(d("34.9") * (13 - 6) * d("2.4") + d("34.9") * 15 == d("1109.82"))
    }

    @Test func `rounding to hundredths takes a tie away from zero`() {
        #expect(d("9.995").rounded(places: 2) == 10)
        #expect(d("9.9949").rounded(places: 2) == d("9.99"))
    }
}
