import Foundation

/// The total of a course by the method its prescriber named, fixed when the plan is made and
/// never recomputed inside the course.
struct CoursePlan {
    private(set) var total: Milligrams
    /// `nil` where a label's course was found without the haemoglobin that a need is told with.
    private(set) var need: IronNeed?
    /// The haemoglobin the plan rests on, where one was known.
    let hemoglobin: GramsPerDeciliter?

    init(
        _ command: OrderInfusion, product: Product, row: DosingRow, picture: ClinicalPicture
    ) throws(Refusal) {
        let inputs = PlanInputs(picture, for: command.indication)
        let calculator = IronNeedCalculator(picture.context.formulary.needs)
        hemoglobin = inputs.hemoglobin
        if let prescribed = Self.withoutData(command, row: row, hemoglobin: inputs.hemoglobin) {
            (total, need) = (prescribed, nil)
            return
        }
        switch command.method {
        case .labelCourse:
            (total, need) = try Self.labelCourse(
                product: product, row: row, inputs: inputs, calculator)
        case .heartFailureTable:
            guard row.heartFailure != nil else {
                throw Self.refusal("is for the heart-failure row only", row: row)
            }
            let found = try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
                try calculator.heartFailureTable(weight: weight, hemoglobin: hemoglobin)
            }
            (total, need) = (found.milligrams, found)
        case .simplifiedTable:
            try Self.requireByNeed(row)
            let found = try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
                try calculator.simplifiedTable(
                    for: product.moiety, region: product.region, weight: weight,
                    hemoglobin: hemoglobin)
            }
            (total, need) = (found.milligrams, found)
        case .eccoTable:
            try Self.requireByNeed(row)
            try Self.requireBowelDisease(command.indication)
            let found = try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
                try calculator.eccoTable(
                    weight: weight, hemoglobin: hemoglobin, gender: inputs.gender)
            }
            (total, need) = (found.milligrams, found)
        case .infedFormula:
            try Self.requireByNeed(row)
            let found = try Self.infedFormula(
                product: product, row: row, inputs: inputs, desired: command.targetHemoglobin,
                calculator)
            // Exact; rounded only for display.
            (total, need) = (found.milligrams, found)
        case .ganzoni:
            try Self.requireByNeed(row)
            let found = try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
                try calculator.ganzoni(
                    DosingWeight.choose(
                        actual: weight, height: inputs.height, isPregnant: inputs.isPregnant,
                        prePregnancy: inputs.prePregnancy?.value,
                        obesityFrom: inputs.obesityFrom),
                    hemoglobin: hemoglobin, target: command.targetHemoglobin, stores: command.stores
                )
            }
            // The rounding of the product's own printed table; exact where it prints none (facts §2.1).
            let rounding = calculator.tables.rounding(of: product.moiety)
            total = rounding?.rounded(found) ?? found.milligrams
            need = found
        case .unitsLost, .infedBloodLoss:
            try Self.requireByNeed(row)
            let found = try Self.replacement(
                of: command, product: product, row: row, calculator)
            (total, need) = (found.milligrams, found)
        }
        let signed = command.signature.signedAt
        if let table = row.heartFailure,
            let plan = picture.runningPlan(
                of: row, on: picture.localDate(picture.at), signedBefore: signed)
        {
            continueHeartFailure(
                plan, of: table, prescribed: command.prescribed.reduce(.zero, +))
        }
    }

    /// Within a heart-failure plan that runs an order's total is what it prescribes of what the plan has
    /// left: day 1 and week 6 are an earlier order's, and maintenance is decided dose by dose (facts
    /// §1.3, R-1, R-3).
    private mutating func continueHeartFailure(
        _ plan: RunningPlan, of table: HeartFailureTable, prescribed: Milligrams
    ) {
        guard let need, let weight = need.weight, let hemoglobin = need.hemoglobin,
            let doses = try? table.doses(weight: weight, hemoglobin: hemoglobin)
        else { return }
        let left = table.sequence(doses, in: plan).map(\.dose).reduce(.zero, +)
        total = min(prescribed, left)
        self.need = IronNeed(
            method: need.method, milligrams: total, weight: weight,
            hemoglobin: hemoglobin, targetHemoglobin: nil, stores: nil,
            formula:
                "Injectafer heart failure, day \(plan.day) of the plan: \(prescribed) of \(left) left"
        )
    }

    /// From a haemoglobin on the heart-failure table has no course: what is prescribed then stands in its
    /// place, for the gates to be asked about. G-HF15 refuses the order.
    private static func withoutData(
        _ command: OrderInfusion, row: DosingRow, hemoglobin: GramsPerDeciliter?
    ) -> Milligrams? {
        guard let table = row.heartFailure, let hemoglobin,
            hemoglobin.banded >= table.hemoglobinBelow
        else { return nil }
        switch command.method {
        case .labelCourse, .heartFailureTable: return command.prescribed.sum()
        case .simplifiedTable, .ganzoni, .eccoTable, .infedFormula, .unitsLost, .infedBloodLoss:
            return nil
        }
    }

    private static func labelCourse(
        product: Product, row: DosingRow, inputs: PlanInputs, _ calculator: IronNeedCalculator
    ) throws(Refusal) -> (Milligrams, IronNeed?) {
        let subject = DosingSubject(
            age: nil, weight: inputs.weight, hemoglobin: inputs.hemoglobin)
        switch row.course {
        case .byNeed:
            // Monofer's label offers one fixed need of 1,000 mg, then evaluated anew (facts §2.2).
            guard product.moiety == .ferricDerisomaltose, product.region == .eu else {
                throw refusal("finds no course in the label: the row goes by need", row: row)
            }
            let found = try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
                try calculator.monoferFixedNeed(weight: weight, hemoglobin: hemoglobin)
            }
            return (found.milligrams, found)
        case .flat, .perKilogram, .doses:
            let course: Milligrams?
            do {
                course = try row.course(for: subject)
            } catch {
                throw inputs.refusal(error)
            }
            guard let course else { throw refusal("finds no course in the label", row: row) }
            return (course, try? IronNeedCalculator.labelCourse(of: row, for: subject))
        case .heartFailureTable:
            do {
                guard let need = try IronNeedCalculator.labelCourse(of: row, for: subject) else {
                    throw refusal("finds no course in the label", row: row)
                }
                return (need.milligrams, need)
            } catch let problem as DosingProblem {
                throw inputs.refusal(problem)
            } catch {
                throw refusal("finds no course in the label", row: row)
            }
        }
    }

    /// The formula is the INFeD label's and of no other product's.
    private static func infedFormula(
        product: Product, row: DosingRow, inputs: PlanInputs, desired: GramsPerDeciliter?,
        _ calculator: IronNeedCalculator
    ) throws(Refusal) -> IronNeed {
        guard product.moiety == .ironDextran, product.region == .us else {
            throw refusal("is the INFeD label's own formula", row: row)
        }
        return try inputs.computed { weight, hemoglobin throws(IronNeedProblem) in
            try calculator.infed(
                leanBodyWeight: calculator.leanBodyWeight(
                    gender: inputs.gender, height: inputs.height, actual: weight),
                hemoglobin: hemoglobin, desired: desired)
        }
    }

    /// Each way of counting a loss is one label's, and for its product only.
    private static func replacement(
        of command: OrderInfusion, product: Product, row: DosingRow,
        _ calculator: IronNeedCalculator
    ) throws(Refusal) -> IronNeed {
        guard let loss = command.bloodLoss else {
            throw .invalidValue(
                field: BloodLoss.Field.loss, problem: "is missing",
                accepted: "what was lost, with the method \(command.method.rawValue)")
        }
        switch loss {
        case .units:
            guard product.moiety == .ironSucrose else {
                throw refusal("is the Venofer label's own count", row: row)
            }
        case .volume:
            guard product.moiety == .ironDextran, product.region == .us else {
                throw refusal("is the INFeD label's own formula", row: row)
            }
        }
        do {
            return try calculator.replacement(of: loss)
        } catch {
            throw error.refusal
        }
    }

    private static func requireBowelDisease(_ indication: ClinicalContext) throws(Refusal) {
        switch indication {
        case .ibdActive, .ibdInactive: return
        case .general, .oncology, .metastaticBreastCancer, .heartFailure, .ckdNonDialysis,
            .ckdPeritonealDialysis, .ckdHemodialysis, .pregnancy, .preOperative:
            throw .invalidValue(
                field: "method", problem: "is for inflammatory bowel disease only",
                accepted: "eccoTable with the indication ibdActive or ibdInactive")
        }
    }

    /// Ganzoni and the tables are information only where the label fixes the course.
    private static func requireByNeed(_ row: DosingRow) throws(Refusal) {
        switch row.course {
        case .byNeed: return
        case .flat, .perKilogram, .doses, .heartFailureTable:
            throw refusal("is information only: the label fixes the course (R-1)", row: row)
        }
    }

    private static func refusal(_ problem: String, row: DosingRow) -> Refusal {
        let accepted: [NeedMethod] =
            switch row.course {
            case .byNeed where row.moiety == .ironDextran && row.region == .us:
                [.infedFormula, .ganzoni, .infedBloodLoss]
            case .byNeed where row.moiety == .ironSucrose:
                [.ganzoni, .eccoTable, .unitsLost]
            case .byNeed: [.simplifiedTable, .ganzoni, .eccoTable]
            case .flat, .perKilogram, .doses: [.labelCourse]
            case .heartFailureTable: [.heartFailureTable, .labelCourse]
            }
        return .invalidValue(
            field: "method", problem: problem,
            accepted: accepted.map(\.rawValue).joined(separator: ", "))
    }
}

/// What a plan reads of the patient: fresh, or not at all.
struct PlanInputs {
    let weight: Kilograms?
    let height: Centimeters?
    let gender: AdministrativeGender
    /// By what was answered, by a context or by the order's indication.
    let isPregnant: Bool
    /// The last weight before the pregnancy began, where the patient is pregnant and one is known that is
    /// not too old.
    let prePregnancy: Kept<Kilograms>?
    let hemoglobin: GramsPerDeciliter?
    /// The result it was read from.
    let hemoglobinFact: LabFact?
    private let policy: ClinicalPolicy
    private let hemoglobinAge: MaximumAge
    /// kg/m².
    var obesityFrom: Decimal { policy.measurements.obesityBodyMassIndex }

    init(_ picture: ClinicalPicture, for indication: ClinicalContext) {
        policy = picture.context.site.policy
        let today = picture.localDate(picture.at)
        let maximum = policy.measurements.weightMaxAgeDays
        weight = picture.state.weights.at(picture.at).flatMap { kept in
            today.days(since: picture.localDate(kept.effectiveAt)) <= maximum ? kept.value : nil
        }
        height = picture.state.heights.at(picture.at)?.value
        gender = picture.state.registration?.gender ?? .unknown
        let bloodAge = picture.hemoglobinAge(for: indication)
        hemoglobinAge = bloodAge
        // what was drawn before the last dose of an earlier course plans no new one.
        let earlier = picture.lastDose(by: picture.at)?.end?.at
        hemoglobinFact = picture.readings(.hemoglobin)
            .last { lab in
                picture.flaw(of: lab) == nil && today.days(since: lab.date) <= bloodAge.days
                    && earlier.map { lab.collectedAt > $0 } ?? true
            }
        hemoglobin = hemoglobinFact.map { GramsPerDeciliter($0.value.canonical) }
        switch picture.state.facts.pregnancy.at(picture.at)?.value {
        case .pregnant(let dueDate?):
            isPregnant = true
            prePregnancy = picture.weight(beforePregnancyDue: dueDate)
        case .pregnant(nil):
            isPregnant = true
            prePregnancy = nil
        case .notPregnant, .unknown, nil:
            let contexts = picture.contexts?.value ?? []
            isPregnant = indication == .pregnancy || contexts.contains(.pregnancy)
            prePregnancy = nil
        }
    }

    func computed(
        _ method: (Kilograms, GramsPerDeciliter) throws(IronNeedProblem) -> IronNeed
    ) throws(Refusal) -> IronNeed {
        guard let weight else { throw refusal(.missing(.weight)) }
        guard let hemoglobin else { throw refusal(.missing(.hemoglobin)) }
        do {
            return try method(weight, hemoglobin)
        } catch {
            throw error.refusal
        }
    }

    func refusal(_ problem: DosingProblem) -> Refusal {
        switch problem {
        case .missing(.weight):
            .invalidValue(
                field: "weight", problem: "is missing or too old to plan with",
                accepted: "a weight of the \(policy.measurements.weightMaxAgeDays) days "
                    + "before the signature")
        case .missing(.hemoglobin):
            .invalidValue(
                field: "hemoglobin", problem: "is missing, too old, or not the patient's own",
                accepted:
                    "a haemoglobin of the \(hemoglobinAge.days) days before the "
                    + "signature, after the last dose, not within 7 days after a transfusion")
        case .hemoglobinOutside(let value, let below):
            .invalidValue(
                field: "hemoglobin", problem: "is \(value): the label has no data",
                accepted: "below \(below)")
        case .missing(.age), .belowAge, .aboveAge, .weightOutside, .doseAboveSingle,
            .doseNotPositive, .aboveWeekly, .aboveCourse, .tooManyDoses, .intervalTooShort,
            .tooOftenInWeek, .intervalTooLong, .wrongContext, .caution, .testDoseMissing,
            .testDoseWait:
            .invalidValue(
                field: "method", problem: "finds no total for this patient",
                accepted: "another method or row")
        }
    }
}

extension IronNeedProblem {
    /// The same problem as a refusal.
    var refusal: Refusal {
        switch self {
        case .hemoglobinOutOfRange(let value, let accepted):
            .invalidValue(field: "hemoglobin", problem: "is \(value)", accepted: accepted)
        case .weightOutOfRange(let value, let accepted):
            .invalidValue(field: "weight", problem: "is \(value)", accepted: accepted)
        case .heightOutOfRange(let value, let accepted):
            .invalidValue(field: "height", problem: "is \(value)", accepted: accepted)
        case .heightMissing:
            .invalidValue(
                field: "height", problem: "is missing: the formula goes by lean body weight",
                accepted: "a height in cm")
        case .targetOutOfRange(let value, let accepted):
            .invalidValue(field: "targetHemoglobin", problem: "is \(value)", accepted: accepted)
        case .storesOutOfRange(let value, let accepted):
            .invalidValue(field: "stores", problem: "is \(value)", accepted: accepted)
        case .amountOutOfRange(let value, let accepted):
            .invalidValue(field: "method", problem: "gives \(value)", accepted: accepted)
        case .unitsLostOutOfRange(let value, let accepted):
            .invalidValue(
                field: BloodLoss.Field.units, problem: "is \(value)", accepted: accepted)
        case .volumeLostOutOfRange(let value, let accepted):
            .invalidValue(
                field: BloodLoss.Field.volume, problem: "is \(value)", accepted: accepted)
        case .hematocritOutOfRange(let value, let accepted):
            .invalidValue(
                field: BloodLoss.Field.hematocrit, problem: "is \(value)", accepted: accepted)
        case .notInTable(let why):
            .invalidValue(
                field: "method", problem: why, accepted: "another method for these inputs")
        }
    }
}
