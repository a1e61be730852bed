import Foundation
import Infusion

/// The kinds of patient the demo clinic sees, in turn.
enum DemoPathway: Int, CaseIterable {
    case generalResponder, seemsNotToWork, oncology, metastaticBreastCancer, heartFailure
    case hemodialysis, chronicKidneyDisease, pregnancy, bowelDisease, beforeSurgery

    static func of(_ index: Int) -> DemoPathway {
        allCases[index % allCases.count]
    }

    var isFemale: Bool {
        switch self {
        case .metastaticBreastCancer, .pregnancy: true
        case .generalResponder, .seemsNotToWork, .oncology, .heartFailure, .hemodialysis,
            .chronicKidneyDisease, .bowelDisease, .beforeSurgery:
            false
        }
    }

    var ages: [Int] {
        switch self {
        case .pregnancy: Array(20...38)
        case .heartFailure, .hemodialysis, .chronicKidneyDisease: Array(55...84)
        case .generalResponder, .seemsNotToWork, .oncology, .metastaticBreastCancer, .bowelDisease,
            .beforeSurgery:
            Array(24...78)
        }
    }
}

extension DemoPatient {
    private mutating func ironPanel(
        _ day: Int, hemoglobin: ClosedRange<Int>, ferritin: ClosedRange<Int>,
        saturation: ClosedRange<Int>,
        crp: ClosedRange<Int> = 10...40
    ) {
        labs(
            day,
            [
                (.hemoglobin, random.tenths(hemoglobin)), (.ferritin, random.tenths(ferritin)),
                (.transferrinSaturation, random.tenths(saturation)),
                (.cReactiveProtein, random.tenths(crp)),
            ])
    }

    /// Two doses of ferric carboxymaltose; half of the looks-again come back, half are left to be done.
    mutating func generalCourse(working: Bool) {
        context(0, [.general])
        ironPanel(1, hemoglobin: 82...108, ferritin: 40...180, saturation: 40...120)
        let course = order(
            2, product: "injectafer", row: "FCM-US-2", indication: .general, doses: [750, 750])
        let reaction: (ReactionKind, ReactionGrade)? =
            index % 30 == 10
            ? (.fishbane, .ctcae(1)) : index % 70 == 20 ? (.anaphylaxis, .ctcae(3)) : nil
        visit(7, order: course, planned: 750, given: working ? nil : 300, reaction: reaction)
        if index % 3 == 0 {
            context(13, [.general], [.infection(active: true)])
            add(14, 8, .holdOrder(course, reason: .infection))
            context(20, [.general], [.infection(active: false)])
            add(20, 10, .releaseOrder(course))
            visit(24, order: course, planned: 750)
        } else {
            visit(15, order: course, planned: 750)
        }
        if index % 4 != 0 { labs(31, [(.hemoglobin, random.tenths(working ? 98...112 : 84...95))]) }
        if !working { labs(33, [(.phosphate, random.tenths(11...24))]) }
        if index % 4 > 1 {
            ironPanel(
                60, hemoglobin: working ? 121...138 : 84...99,
                ferritin: working ? 1_100...2_600 : 150...420,
                saturation: working ? 210...330 : 80...170)
        }
        if index % 5 == 1, let wrong = labs(75, [(.hemoglobin, random.tenths(52...61))]).first {
            add(76, 10, .retractLab(LabRetracted(result: wrong, reason: .wrongPatient)))
        }
    }

    mutating func oncology() {
        context(0, [.oncology], [.therapy(.chemotherapy, active: true)])
        ironPanel(
            1, hemoglobin: 86...104, ferritin: 250...950, saturation: 80...160, crp: 60...250)
        let course = order(
            2, product: "monoferric", row: "FDI-US", indication: .oncology, doses: [1_000])
        visit(5, order: course, planned: 1_000)
        for week in stride(from: 14, through: 84, by: 7 + index % 3 * 7) {
            labs(week, [(.hemoglobin, random.tenths(88...118))])
        }
    }

    /// Anaemia by the treatment itself: red cells, and blood counts by the week.
    mutating func metastaticBreastCancer() {
        context(0, [.metastaticBreastCancer], [.therapy(.chemotherapy, active: true)])
        labs(1, [(.hemoglobin, random.tenths(63...78))])
        for (round, day) in stride(from: 2, through: 60, by: 14 + index % 4).enumerated() {
            add(
                day, 11,
                .recordTransfusion(
                    Transfusion(id: TransfusionID(random.uuid()), units: 1), at: at(day, 10)))
            if round < 4 { labs(day + 7, [(.hemoglobin, random.tenths(72...92))]) }
        }
        ironPanel(
            20, hemoglobin: 74...90, ferritin: 4_000...7_500, saturation: 90...180, crp: 80...300)
    }

    mutating func heartFailure() {
        context(0, [.heartFailure], [.cardiovascularDisease(true)])
        ironPanel(1, hemoglobin: 102...138, ferritin: 300...990, saturation: 90...190)
        let course = order(
            2, product: "injectafer", row: "FCM-US-HF", indication: .heartFailure,
            doses: [1_000, 500], method: .heartFailureTable)
        visit(6, order: course, planned: 1_000)
        labs(20, [(.phosphate, random.tenths(21...34))])
        visit(48, order: course, planned: 500)
        if index % 2 == 0 {
            ironPanel(80, hemoglobin: 118...146, ferritin: 1_200...3_200, saturation: 200...310)
        }
    }

    mutating func hemodialysis() {
        context(0, [.ckdHemodialysis], [.therapy(.erythropoiesisStimulatingAgent, active: true)])
        ironPanel(1, hemoglobin: 92...108, ferritin: 900...4_200, saturation: 110...270)
        let course = order(
            2, product: "venofer-us", row: "IS-US-HDD", indication: .ckdHemodialysis,
            doses: Array(repeating: 100, count: 10))
        for session in 0..<10 {
            let day = 4 + session / 3 * 7 + session % 3 * 2
            if session == 5, index % 3 == 1 {
                let missed = AppointmentID(random.uuid())
                add(
                    day - 1, 12,
                    .bookAppointment(
                        missed, order: course,
                        slot: AppointmentSlot(
                            site: site.id, chair: ChairID("station-\(1 + index / 10)"),
                            start: at(day, 8), end: at(day, 9))))
                add(day, 9, 30, command: .recordNoShow(missed))
            } else {
                visit(day, order: course, planned: 100)
            }
        }
        ironPanel(62, hemoglobin: 98...118, ferritin: 3_000...6_500, saturation: 210...360)
    }

    mutating func chronicKidneyDisease() {
        context(0, [.ckdNonDialysis])
        ironPanel(1, hemoglobin: 88...106, ferritin: 300...2_600, saturation: 90...220)
        let course = order(
            2, product: "feraheme", row: "FMX-US", indication: .ckdNonDialysis, doses: [510, 510])
        visit(6, order: course, planned: 510)
        visit(6 + 3 + index % 6, order: course, planned: 510)
        if index % 3 == 0 {
            ironPanel(52, hemoglobin: 101...122, ferritin: 2_200...5_200, saturation: 190...340)
        }
    }

    mutating func pregnancy() {
        let due = firstDay.adding(days: 280 - 7 * (index % 4 == 3 ? 9 : 22))
        context(
            0, [.pregnancy], [.pregnancy(.pregnant(estimatedDueDate: due))])
        ironPanel(1, hemoglobin: 78...98, ferritin: 40...180, saturation: 50...120)
        let course = order(
            2, product: "injectafer", row: "FCM-US-2", indication: .pregnancy, doses: [750, 750])
        visit(7, order: course, planned: 750)
        visit(15, order: course, planned: 750)
        if index % 2 == 1 { labs(46, [(.hemoglobin, random.tenths(104...124))]) }
    }

    mutating func bowelDisease() {
        context(0, [.ibdActive], [.hypophosphatemiaRisk(present: true)])
        ironPanel(1, hemoglobin: 84...110, ferritin: 60...950, saturation: 50...170, crp: 90...420)
        let course = order(
            2, product: "monoferric", row: "FDI-US", indication: .ibdActive, doses: [1_000])
        visit(8, order: course, planned: 1_000)
        labs(40, [(.hemoglobin, random.tenths(96...126))])
    }

    mutating func beforeSurgery() {
        context(0, [.preOperative])
        ironPanel(1, hemoglobin: 94...124, ferritin: 60...280, saturation: 60...180)
        let course = order(
            1, product: "monoferric", row: "FDI-US", indication: .preOperative, doses: [1_000])
        let booked = AppointmentID(random.uuid())
        let slot = AppointmentSlot(
            site: site.id, chair: ChairID("chair-\(1 + index / 10 % 12)"), start: at(4, 17),
            end: at(4, 18))
        add(2, 10, .bookAppointment(booked, order: course, slot: slot))
        add(3, 10, .cancelAppointment(booked, reason: .patientRequest))
        visit(6, order: course, planned: 1_000)
        ironPanel(36, hemoglobin: 112...136, ferritin: 1_400...3_800, saturation: 200...320)
    }
}
