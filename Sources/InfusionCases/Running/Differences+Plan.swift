import Infusion

extension PlannedDoseExpectation {
    func differences(from dose: OrderPlan.FurtherDose) -> [String] {
        let making = dose.making
        let opened = making?.vials.map { vials in
            vials.opened.flatMap { Array(repeating: $0.vial.size, count: $0.count) }
        }
        return [
            difference("prescribed", prescribed, dose.prescribed, \.description),
            difference("amount", amount, making?.amount, \.description),
            difference("product", product, making?.volume, \.description),
            difference("diluent", dilution, making.map(Dilution.init), \.description),
            difference("minutes", minutes, making?.infusionMinutes) { "\($0) min" },
            difference("observation", observationMinutes, making?.observationMinutes) {
                "\($0) min"
            },
            difference("testDose", testDose, making?.testDose, \.description),
            difference("vials", vials?.sorted(), opened?.sorted()) { sizes in
                sizes.map(\.description).joined(separator: ", ")
            },
            difference("leftOver", leftOver, making?.vials?.leftOver, \.description),
        ].compactMap(\.self)
    }
}

extension DoseMaking {
    fileprivate var infusionMinutes: Int? {
        times.first { $0.route == .infusion }.flatMap(\.minutes)
    }

    fileprivate var testDose: Milligrams? {
        switch first?.kind {
        case .testDose: first?.amount
        case .slowStart, nil: nil
        }
    }
}
