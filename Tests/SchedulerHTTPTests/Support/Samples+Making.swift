import Foundation
import Infusion

extension Samples {
    private static let label = ClinicalSource("a label", .verified, .high)

    /// 750 mg of a product with a test dose, in more than 1 mg/mL of the diluent.
    static var making: DoseMaking? { making(of: 750) }

    /// For which volume and concentration cross.
    static var impossibleMaking: DoseMaking? { making(of: 50) }

    private static func making(of dose: Decimal) -> DoseMaking? {
        DoseMaking(
            of: Milligrams(dose), atMost: Milligrams(dose),
            product: Product(
                key: ProductKey("injectafer"), moiety: .ferricCarboxymaltose, region: .us,
                brand: "A brand", generic: "an iron", ironPerMilliliter: 50,
                testDose: .mandatory(Milligrams(25), waitMinutes: 60), observationMinutes: 30,
                otherIronReaction: .specialistAdvice, boxedWarnings: [], contraindications: [],
                vials: [Vial(Milligrams(500), source: label)], preparation: nil, rows: [],
                source: label),
            row: DosingRow(
                id: DosingRowID("FCM-US-2"), moiety: .ferricCarboxymaltose, region: .us,
                indication: "deficiency", contexts: [],
                population: Population(
                    minimumAge: .years(18), belowAge: nil, verifiedFrom: nil, weight: .any,
                    hemoglobinBelow: nil),
                dose: .flat(Milligrams(750)),
                interval: IntervalRule(
                    minimumDays: 1, minimumDaysByContext: [:], maximumDays: nil, span: nil,
                    timesPerWeek: nil, anchored: nil, doses: nil), course: .byNeed,
                weekly: .none, weeklySiteMaximum: nil,
                infusion: [
                    InfusionTimeRule(
                        route: .infusion, above: .zero, upTo: nil, pace: .minutes(15)),
                    InfusionTimeRule(route: .push, above: .zero, upTo: nil, pace: .notPrescribed),
                ], isOffLabel: false, cautions: [], notes: [], source: label),
            rule: PreparationRule(
                id: PreparationID("P-1"), diluents: [.sodiumChloride],
                volumes: [
                    PreparationRule.Volume(above: .zero, upTo: nil, atLeast: 100, atMost: nil)
                ],
                concentration: PreparationRule.Concentration(
                    lower: .moreThan(1), atMost: nil, of: .diluent), stabilityHours: 8,
                notes: ["a note"],
                source: label),
            needsTestDose: true, rounding: .none, leftOver: 0)
    }
}
