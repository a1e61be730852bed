/// The gates that a booking is refused for, without all the others, which only say what is known of
/// them. See ``Finding/refusesBooking``.
enum BookingGates {
    /// Those that are shut for the date so that no visit is booked on it, in the order of ``Gate``'s cases.
    static func shut(_ question: GateQuestion) -> [Gate] {
        shut(question, among: ofDates.union(asked(question)))
    }

    /// The same without those of ``GateQuestion/dateProblem``, by which a search is told first.
    static func shutOnAnyDate(_ question: GateQuestion) -> [Gate] {
        shut(question, among: asked(question))
    }

    private static func shut(_ question: GateQuestion, among gates: Set<Gate>) -> [Gate] {
        let findings = Overrides.applied(
            to: Gate.allCases.filter(gates.contains).map { Gates.rule(for: $0)(question) },
            question: question)
        return findings.filter { finding in
            finding.refusesBooking
                // Soft, and yet no visit of the other kind is booked without a reason.
                || finding.gate == .transfusionSameDay && finding.isShut
                    && !question.picture.visits(ofRedCells: true, on: question.date).isEmpty
        }.map(\.gate)
    }

    /// Of the dates that lie between doses, and of the week's limit.
    private static let ofDates: Set<Gate> = [.interval, .cumulativeDose]

    private static func asked(_ question: GateQuestion) -> Set<Gate> {
        let always: Set<Gate> = [
            .order, .anaphylaxisSameProduct, .firstTrimester, .transfusionSameDay,
        ]
        // A booking is refused for an overload that is known; for one that results suggest, where the site has raised
        // it so far.
        let known = question.picture.state.facts.knownIronOverload.at(question.picture.at)
        let raised = question.picture.context.site.raisedGates.severity(.hard, of: .overload)
        return known?.value == true || raised == .absolute ? always.union([.overload]) : always
    }
}
/// The results that a visit would rest on and that would be missing, or too old, on its date.
struct NeededLabs {
    /// `nil` where all are there.
    let labs: FreshLabs?
    /// Whether the dose would be kept back without them. A C-reactive protein that the context asks
    /// for and the answer does not turn on is named, and keeps no visit back.
    let holdsBack: Bool

    init(_ question: GateQuestion) {
        let markers = IronMarkers(question)
        let ages = MarkerAges(question)
        var needed: [(analyte: Analyte, maximumAgeDays: Int)] = []
        var beside: [(analyte: Analyte, maximumAgeDays: Int)] = []
        // Within a course the diagnosis is that which it was begun with, and iron spoils new
        // results.
        if question.courseDoses.isEmpty || ages.planDate == question.date {
            if markers.ferritin == nil { needed.append((.ferritin, ages.iron.days)) }
            if markers.saturation == nil { needed.append((.transferrinSaturation, ages.iron.days)) }
            if markers.cReactiveProtein == nil {
                let protein = (analyte: Analyte.cReactiveProtein, maximumAgeDays: ages.iron.days)
                let status = question.diagnosis.status
                if status.flags.contains(.cReactiveProteinMissing), status.eligibleToStart != true {
                    needed.append(protein)
                } else if question.terms.indication.requiresProtein {
                    beside.append(protein)
                }
            }
        }
        if markers.hemoglobin == nil { needed.append((.hemoglobin, ages.hemoglobin.days)) }
        if Gates.phosphate(question).verdict == .indeterminate {
            needed.append((.phosphate, question.policy.phosphate.maxAgeDays))
        }
        holdsBack = !needed.isEmpty
        guard let shortest = (needed + beside).map(\.maximumAgeDays).min() else {
            labs = nil
            return
        }
        let picture = question.picture
        let today = picture.localDate(picture.context.now)
        let spoilt = needed.contains {
            $0.analyte == .ferritin || $0.analyte == .transferrinSaturation
        }
        let from =
            [
                today, question.date.adding(days: -shortest),
                spoilt ? question.markersValidFrom : nil,
            ].compactMap(\.self).max() ?? today
        let analytes = Set(needed.map(\.analyte))
        let recheck = picture.state.openRechecks.values.map(\.value)
            .filter { opened in
                !analytes.isEmpty && opened.tests.isSuperset(of: analytes)
                    && max(from, opened.earliest) <= question.date && opened.due <= question.date
            }
            .min { ($0.due, $0.id.description) < ($1.due, $1.id.description) }
        labs = FreshLabs(
            analytes: (needed + beside).map(\.analyte), from: from, by: question.date,
            recheck: recheck?.id)
    }
}
