import Infusion

extension RandomValues {
    mutating func identity() -> Identity {
        Identity(
            name: PersonName(family: text(), given: array(3) { $0.text() }), birthDate: date(),
            identifiers: array(3) { PatientIdentifier(system: $0.text(), value: $0.text()) })
    }

    mutating func labValue() -> LabValue {
        LabValue(
            comparator: optional { $0.code() }, reported: decimal(), reportedUnit: text(),
            canonical: decimal())
    }

    mutating func labResult() -> LabResult {
        LabResult(
            id: identifier(), analyte: code(), value: labValue(), collectedAt: instant(),
            status: code(),
            referenceLow: optional { $0.decimal() },
            source: optional { SourceIdentifier(system: $0.text(), value: $0.text()) })
    }

    mutating func clinicalFact() -> ClinicalFact {
        let pregnancies: [PregnancyStatus] = [
            .notPregnant, .unknown, .pregnant(estimatedDueDate: nil),
            .pregnant(estimatedDueDate: date()),
        ]
        let facts: [ClinicalFact] = [
            .infection(active: flag()), .pregnancy(generator.pick(pregnancies)),
            .ironAllergy(IronAllergy(moiety: optional { $0.code() }, serious: flag())),
            .knownIronOverload(flag()), .hypophosphatemiaRisk(present: flag()),
            .cardiovascularDisease(flag()), .therapy(code(), active: flag()), .deceased(flag()),
            .condition(code(), present: flag()), .symptom(code(), present: flag()),
            .bleeding(code(), active: flag()), .planned(code(), on: optional { $0.date() }),
            .cancerInfusion(
                CancerInfusion(start: instant(), end: instant(), cardiotoxic: flag())),
            .happened(code(), on: optional { $0.date() }),
            .tested(code(), on: optional { $0.date() }),
        ]
        return generator.pick(facts)
    }

    mutating func chairsideCheck() -> ChairsideCheck {
        ChairsideCheck(
            vitals: optional { random in
                VitalSigns(
                    systolic: random.optional { $0.integer() },
                    diastolic: random.optional { $0.integer() },
                    heartRate: random.optional { $0.integer() },
                    respiratoryRate: random.optional { $0.integer() },
                    oxygenSaturation: random.optional { $0.integer() },
                    temperature: random.optional { $0.decimal() })
            }, isStaffed: optional { $0.flag() }, hasConsent: optional { $0.flag() })
    }

    mutating func order() -> InfusionOrder {
        InfusionOrder(
            id: identifier(), product: ProductKey(text()), dosingRow: DosingRowID(text()),
            moiety: code(),
            indication: code(), prescribed: array(5) { $0.quantity() }, plannedTotal: quantity(),
            method: code(), need: optional { $0.need() }, whyIntravenous: optional { $0.code() },
            signature: Signature(prescriber: text(), signedAt: instant()),
            findings: array(3) { $0.finding() }, formularyVersion: text())
    }

    mutating func need() -> IronNeed {
        let method: NeedMethod = code()
        switch method {
        case .unitsLost:
            return IronNeed(
                replacing: .units(decimal()), milligrams: quantity(), formula: text())
        case .infedBloodLoss:
            return IronNeed(
                replacing: .volume(quantity(), hematocrit: quantity()), milligrams: quantity(),
                formula: text())
        case .labelCourse, .heartFailureTable, .simplifiedTable, .ganzoni, .eccoTable,
            .infedFormula:
            return needOfPatient(by: method)
        }
    }

    private mutating func needOfPatient(by method: NeedMethod) -> IronNeed {
        IronNeed(
            method: method, milligrams: quantity(), weight: quantity(), hemoglobin: quantity(),
            targetHemoglobin: optional { $0.quantity() }, stores: optional { $0.quantity() },
            formula: text())
    }

    mutating func finding() -> Finding {
        Finding(
            gate: code(), ruleVersion: integer(), severity: code(), verdict: code(),
            predicates: array(3) { $0.predicate() }, nextStep: optional { $0.text() },
            passesFrom: optional { $0.date() })
    }

    mutating func predicate() -> Infusion.Predicate {
        Predicate(
            name: text(), value: optional { $0.text() }, unit: optional { $0.text() },
            comparison: text(),
            threshold: text(), holds: optional { $0.flag() }, source: text(),
            evidence: array(3) { $0.version() })
    }

    mutating func slot() -> AppointmentSlot {
        AppointmentSlot(
            site: SiteID(text()), chair: ChairID(text()), start: instant(), end: instant())
    }

    mutating func doseStarted() -> DoseStarted {
        DoseStarted(
            id: identifier(), order: identifier(), appointment: optional { $0.identifier() },
            product: ProductKey(text()), moiety: code(), planned: quantity(), localDate: date(),
            findings: array(2) { $0.finding() }, formularyVersion: text())
    }

    mutating func doseGiven() -> DoseGiven {
        DoseGiven(
            id: identifier(), given: quantity(), lot: LotNumber(text()), expiry: date(),
            localDate: date())
    }

    mutating func doseResumed() -> DoseResumed {
        DoseResumed(
            id: identifier(), ratePercent: 1 + generator.below(100), isResolved: flag(),
            role: code())
    }

    mutating func grade() -> ReactionGrade {
        flag() ? .ungraded : .ctcae(1 + generator.below(5))
    }

    mutating func reaction() -> Reaction {
        Reaction(
            id: identifier(), dose: identifier(), kind: code(), grade: grade(),
            onsetMinute: optional { $0.integer() }, deliveredAtOnset: optional { $0.quantity() },
            course: ReactionCourse(
                rate: optional { $0.quantity() }, gradeScale: optional { $0.code() },
                actions: set(), outcome: optional { $0.code() }))
    }

    mutating func override() -> GateOverride {
        GateOverride(
            id: identifier(), gate: code(), order: identifier(), reason: code(),
            justification: .present(text()), role: code(), coSigner: optional { $0.text() },
            expiresAt: instant(), asked: optional { $0.askedGate() },
            patientRisk: optional { $0.code() },
            evidenceRef: optional { .present($0.text()) })
    }

    mutating func signOff() -> SignOff {
        let subjects: [SignOffSubject] = [
            .reaction(identifier()), .order(identifier()), .clinicalContext,
        ]
        return SignOff(
            subject: generator.pick(subjects), lifted: optional { $0.code() }, reason: code(),
            justification: .present(text()), role: code(), coSigner: optional { $0.text() })
    }

    mutating func askedGate() -> AskedGate {
        AskedGate(
            ruleVersion: integer(), severity: code(), evidence: array(4) { $0.version() },
            predicates: optional { $0.array(3) { $0.predicate() } })
    }

    mutating func recheckID() -> RecheckID { RecheckID(rule: code(), anchor: version()) }

    mutating func recheckOpened() -> RecheckOpened {
        RecheckOpened(
            id: recheckID(), ruleVersion: integer(), tests: set(), earliest: date(), due: date(),
            overdueAfter: date(), urgency: code(), reason: text(),
            predicates: array(3) { $0.predicate() },
            evidence: array(4) { $0.version() })
    }

    mutating func closure() -> RecheckClosed.Reason {
        let reasons: [RecheckClosed.Reason] = [
            .satisfied, .superseded, .noLongerNeeded, .closedByPerson(code()),
        ]
        return generator.pick(reasons)
    }
}
