import Foundation

/// What is looked at when the patient has come. Before the day it cannot be known, and shuts nothing.
extension Gates {
    /// G-VITALS, hard: unstable vital signs, fever or low oxygen on arrival (ED).
    static func vitals(_ question: GateQuestion) -> Finding {
        let source = Gate.vitals.because
        guard let check = question.chairside else { return notYet(.vitals, .hard, source) }
        guard let kept = check.kept, let vitals = kept.value.vitals else {
            return Finding(
                .vitals, .hard, .indeterminate,
                [
                    .missing(
                        "vital-signs", "present", "vital signs of the day", source: source,
                        evidence: check.kept.map { [$0.version] } ?? [])
                ], next: "measure-vital-signs")
        }
        let predicates = question.policy.chairside.limits.map { limit in
            limit.predicate(
                of: vitals, source: question.policy.because(limit.setting),
                evidence: [kept.version])
        }
        let isUnstable = predicates.contains { $0.holds == false }
        let isComplete = predicates.allSatisfy { $0.holds == true }
        return Finding(
            .vitals, .hard, isUnstable ? .blocked : isComplete ? .passed : .indeterminate,
            predicates, next: isUnstable ? "hold-and-assess" : "measure-vital-signs")
    }

    /// G-STAFF, absolute: nobody starts an infusion without staff trained for anaphylaxis,
    /// resuscitation and a prescriber within reach (labels).
    static func staff(_ question: GateQuestion) -> Finding {
        told(
            .staff, .absolute, "staffed-for-anaphylaxis", \.isStaffed, question,
            source: Gate.staff.because, next: "arrange-cover")
    }

    /// G-CONSENT, soft: consent, leaflet and the counsel about staining are recorded.
    static func consent(_ question: GateQuestion) -> Finding {
        told(
            .consent, .soft, "consent-recorded", \.hasConsent, question,
            source: Gate.consent.because, next: "record-consent")
    }

    private static func told(
        _ gate: Gate, _ severity: Severity, _ name: String, _ path: KeyPath<ChairsideCheck, Bool?>,
        _ question: GateQuestion, source: String, next: String
    ) -> Finding {
        guard let check = question.chairside else { return notYet(gate, severity, source) }
        let evidence = check.kept.map { [$0.version] } ?? []
        guard let answer = check.kept?.value[keyPath: path] else {
            return Finding(
                gate, severity, .indeterminate,
                [.missing(name, "=", "true", source: source, evidence: evidence)], next: next)
        }
        return Finding(
            gate, severity, answer ? .passed : .blocked,
            [
                .fact(
                    name, answer, "=", "true", holds: answer, source: source, evidence: evidence)
            ], next: next)
    }

    private static func notYet(_ gate: Gate, _ severity: Severity, _ source: String) -> Finding {
        Finding(
            gate, severity, .passed,
            [
                .fact(
                    "asked-on", "the day of the dose", "=", "the day of the dose", holds: true,
                    source: source)
            ])
    }
}

extension GateQuestion {
    /// What was looked at on the day of the dose, or shortly before it where midnight lies between; `nil` where
    /// that day has not come.
    fileprivate var chairside: ChairsideAnswer? {
        switch occasion {
        case .ordering, .booking, .reviewing: return nil
        case .starting:
            let kept = picture.state.chairsideChecks.at(picture.at)
            let isOfTheDose =
                kept.map { kept in
                    picture.localDate(kept.effectiveAt) == date
                        || kept.effectiveAt.adding(hours: InfusionLimits.chairsideHours)
                            >= picture.at
                } ?? false
            return ChairsideAnswer(kept: isOfTheDose ? kept : nil)
        }
    }
}

/// The last check that is of the dose, by the moment it begins.
private struct ChairsideAnswer {
    let kept: Kept<ChairsideCheck>?
}

/// A limit of one vital sign.
struct VitalLimit: Hashable {
    let name: String
    let unit: String
    let comparison: IronThreshold.Comparison
    let limit: Decimal
    /// The number of the pathways that it is.
    let setting: PolicySetting
    private let value: VitalSign

    /// Which of them is compared.
    enum VitalSign: Hashable { case systolic, heartRate, oxygenSaturation, temperature }

    init(
        _ value: VitalSign, _ name: String, _ unit: String,
        _ comparison: IronThreshold.Comparison, _ limit: Decimal, _ setting: PolicySetting
    ) {
        self.value = value
        self.name = name
        self.unit = unit
        self.comparison = comparison
        self.limit = limit
        self.setting = setting
    }

    func predicate(
        of vitals: VitalSigns, source: String, evidence: [EventVersion]
    ) -> Predicate {
        let found: Decimal? =
            switch value {
            case .systolic: vitals.systolic.map { Decimal($0) }
            case .heartRate: vitals.heartRate.map { Decimal($0) }
            case .oxygenSaturation: vitals.oxygenSaturation.map { Decimal($0) }
            case .temperature: vitals.temperature
            }
        guard let found else {
            return .missing(
                name, unit: unit, comparison.rawValue, limit, source: source, evidence: evidence)
        }
        return .fact(
            name, found, unit: unit, comparison.rawValue, limit,
            holds: comparison.holds(for: ReportedRange(found, nil), limit) ?? false,
            source: source, evidence: evidence)
    }
}

extension VitalLimit {
    /// The value just within the limit.
    var tried: Decimal {
        switch comparison {
        case .atLeast, .atMost: limit
        case .below: limit - d("0.1")
        case .above: limit + d("0.1")
        }
    }

    /// The value just beyond it.
    var exceeded: Decimal {
        let step = value == .temperature ? d("0.1") : 1
        return switch comparison {
        case .below, .above: limit
        case .atLeast: limit - step
        case .atMost: limit + step
        }
    }

    /// The same vital signs, this one just within its limit.
    func within(_ vitals: VitalSigns) -> VitalSigns { set(tried, in: vitals) }

    /// The same vital signs, this one just beyond its limit.
    func beyond(_ vitals: VitalSigns) -> VitalSigns { set(exceeded, in: vitals) }

    private func set(_ amount: Decimal, in vitals: VitalSigns) -> VitalSigns {
        let whole = NSDecimalNumber(decimal: amount).intValue
        return VitalSigns(
            systolic: value == .systolic ? whole : vitals.systolic, diastolic: vitals.diastolic,
            heartRate: value == .heartRate ? whole : vitals.heartRate,
            respiratoryRate: vitals.respiratoryRate,
            oxygenSaturation: value == .oxygenSaturation ? whole : vitals.oxygenSaturation,
            temperature: value == .temperature ? amount : vitals.temperature)
    }
}

extension ClinicalPolicy.Chairside {
    var limits: [VitalLimit] {
        [
            VitalLimit(
                .systolic, "systolic", "mm[Hg]", .atLeast, Decimal(systolicLowest),
                .systolicLowest),
            VitalLimit(
                .systolic, "systolic", "mm[Hg]", .atMost, Decimal(systolicHighest),
                .systolicHighest),
            VitalLimit(
                .heartRate, "heart-rate", "/min", .atLeast, Decimal(heartRateLowest),
                .heartRateLowest),
            VitalLimit(
                .heartRate, "heart-rate", "/min", .atMost, Decimal(heartRateHighest),
                .heartRateHighest),
            VitalLimit(
                .oxygenSaturation, "oxygen-saturation", "%", .atLeast,
                Decimal(oxygenSaturationLowest), .oxygenSaturationLowest),
            VitalLimit(.temperature, "temperature", "Cel", .below, feverFrom, .feverFrom),
        ]
    }
}
