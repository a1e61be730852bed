import Infusion
import InfusionApplication

/// A good body for every command route.
struct Bodies: Sendable {
    let path: String
    let text: String
    let status: Int
    let target: CommandTarget
    let scope: Scope

    init(
        _ path: String, _ text: String, _ status: Int, _ target: CommandTarget, _ scope: Scope
    ) {
        self.path = path
        self.text = text
        self.status = status
        self.target = target
        self.scope = scope
    }

    static let identity = """
        {"name":{"family":"Rossi","given":["Giulia"]},"birthDate":"1984-05-17",\
        "identifiers":[{"system":"urn:oid:1.2.3","value":"RSSGLI84E57H501X"}]}
        """
    static let slot = """
        "site":"north","chair":"chair-3","start":"2026-03-10T09:00:00+01:00",\
        "end":"2026-03-10T10:00:00+01:00"
        """
    static let doseEnd = """
        "given":{"value":0.5,"unit":"g"},"lot":"AB1234","expiry":"2027-06-30",\
        "endedAt":"2026-03-10T09:35:00+01:00"
        """

    static let all =
        patients + records + orders + appointments + waitlist
        + doses + rechecks

    private static let patient = "/v1/patients/\(Samples.patient)"
    private static let toPatient = CommandTarget.patient(Samples.patient)

    private static let patients: [Bodies] = [
        Bodies(
            "/v1/patients",
            #"{"id":"\#(Samples.patient)","identity":\#(identity),"gender":"female","site":"north"}"#,
            201, toPatient, .patientWrite),
        Bodies(
            "\(patient)/identity", #"{"identity":\#(identity),"gender":"female"}"#, 200, toPatient,
            .patientWrite),
        Bodies(
            "\(patient)/erase", #"{"reason":"patientRequest"}"#, 200, toPatient, .patientErase),
        Bodies(
            "\(patient)/merge", #"{"patient":"\#(PatientID(Samples.uuid(10)))"}"#, 200, toPatient,
            .patientMerge),
        Bodies(
            "\(patient)/unmerge",
            #"{"patient":"\#(PatientID(Samples.uuid(10)))","reason":"differentPersons"}"#, 200,
            toPatient, .patientMerge),
        Bodies(
            "\(patient)/attributions",
            #"{"patient":"\#(PatientID(Samples.uuid(10)))","event":52,"owner":"otherPatient"}"#,
            200, toPatient, .patientMerge),
    ]

    private static let records: [Bodies] = [
        Bodies(
            "\(patient)/labs",
            #"{"results":[{"analyte":"ferritin","value":11.5,"unit":"ng/mL","#
                + #""collectedAt":"2026-03-02T08:10:00+01:00","source":{"system":"urn:lab","value":"1"}}]}"#,
            201, toPatient, .labWrite),
        Bodies(
            "/v1/labs/\(Samples.lab)/correct",
            #"{"analyte":"ferritin","value":115,"unit":"ng/mL","collectedAt":"2026-03-02T08:10:00Z"}"#,
            200, .lab(Samples.lab), .labWrite),
        Bodies(
            "/v1/labs/\(Samples.lab)/retract", #"{"reason":"wrongPatient"}"#, 200,
            .lab(Samples.lab), .labWrite),
        Bodies(
            "\(patient)/measurements",
            #"{"weight":{"value":68.4,"unit":"kg"},"height":{"value":1.71,"unit":"m"},"#
                + #""measuredAt":"2026-03-02T08:00:00Z"}"#,
            200, toPatient, .patientWrite),
        Bodies(
            "\(patient)/context",
            #"{"contexts":["general"],"facts":[{"type":"infection","active":false},"#
                + #"{"type":"pregnancy","status":"pregnant","estimatedDueDate":"2026-09-01"},"#
                + #"{"type":"happened","event":"heartFailureAdmission","on":"2026-02-20"},"#
                + #"{"type":"tested","test":"peripheralSmear","on":"2026-02-21"},"#
                + #"{"type":"therapy","therapy":"oralIron","active":true}],"#
                + #""effectiveAt":"2026-03-02T08:00:00Z"}"#,
            200, toPatient, .patientWrite),
        Bodies(
            "\(patient)/chairside-checks",
            #"{"vitals":{"systolic":118,"temperature":36.6},"staffed":true,"#
                + #""checkedAt":"2026-03-01T14:00:00Z"}"#,
            200, toPatient, .doseWrite),
        Bodies(
            "\(patient)/transfusions", #"{"units":2,"transfusedAt":"2026-03-01T14:00:00Z"}"#, 201,
            toPatient, .patientWrite),
    ]

    private static let orders: [Bodies] = [
        Bodies(
            "\(patient)/transfusion-orders",
            #"{"units":1,"indication":"metastaticBreastCancer","#
                + #""signature":{"prescriber":"dr-bianchi","signedAt":"2026-03-02T09:00:00Z"}}"#,
            201, toPatient, .orderWrite),
        Bodies(
            "\(patient)/orders",
            #"{"product":"ferinject","dosingRow":"FCM-EU","indication":"general","#
                + #""prescribed":[{"value":1000,"unit":"mg"}],"method":"ganzoni","#
                + #""targetHemoglobin":{"value":150,"unit":"g/L"},"stores":{"value":500,"unit":"mg"},"#
                + #""whyIntravenous":"oralNotTolerated","#
                + #""signature":{"prescriber":"dr-bianchi","signedAt":"2026-03-02T09:00:00Z"}}"#,
            201, toPatient, .orderWrite),
        Bodies(
            "\(patient)/orders",
            #"{"product":"venofer-eu","dosingRow":"IS-EU","indication":"general","#
                + #""prescribed":[{"value":200,"unit":"mg"}],"method":"unitsLost","#
                + #""bloodLoss":{"units":2},"#
                + #""signature":{"prescriber":"dr-bianchi","signedAt":"2026-03-02T09:00:00Z"}}"#,
            201, toPatient, .orderWrite),
        Bodies(
            "\(patient)/orders",
            #"{"product":"infed","dosingRow":"LMWID-US","indication":"general","#
                + #""prescribed":[{"value":100,"unit":"mg"}],"method":"infedBloodLoss","#
                + #""bloodLoss":{"volume":{"value":0.5,"unit":"L"},"#
                + #""hematocrit":{"value":20,"unit":"%"}},"#
                + #""signature":{"prescriber":"dr-bianchi","signedAt":"2026-03-02T09:00:00Z"}}"#,
            201, toPatient, .orderWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/hold", #"{"reason":"infection"}"#, 200,
            .order(Samples.order), .orderWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/release", "{}", 200, .order(Samples.order), .orderWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/cancel", #"{"reason":"patientRequest"}"#, 200,
            .order(Samples.order), .orderWrite),
        Bodies(
            "/v1/overrides",
            #"{"gate":"G-DX","order":"\#(Samples.order)","reason":"specialistAdvice","#
                + #""justification":"Haematology advised to go ahead.","#
                + #""expiresAt":"2026-03-11T00:00:00Z","patientRisk":"moderate","#
                + #""evidenceRef":"10.1002/ajh.27220"}"#,
            201, .order(Samples.order), .overrideWrite),
    ]

    private static let appointments: [Bodies] = [
        Bodies(
            "/v1/orders/\(Samples.order)/appointments", "{\(slot)}", 201, .order(Samples.order),
            .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/move", "{\(slot)}", 200,
            .appointment(Samples.appointment), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/cancel", #"{"reason":"clinicClosure"}"#, 200,
            .appointment(Samples.appointment), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/no-show", "{}", 200,
            .appointment(Samples.appointment), .appointmentWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/holds", "{\(slot),\"minutes\":15}", 201,
            .order(Samples.order), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/confirm", "{}", 200,
            .appointment(Samples.appointment), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/arrive",
            #"{"arrivedAt":"2026-03-10T08:52:00+01:00"}"#, 200,
            .appointment(Samples.appointment), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/begin",
            #"{"begunAt":"2026-03-10T09:05:00+01:00"}"#, 200,
            .appointment(Samples.appointment), .doseWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/discharge",
            #"{"stable":true,"dischargedAt":"2026-03-10T10:10:00+01:00"}"#, 200,
            .appointment(Samples.appointment), .doseWrite),
    ]

    private static let waitlist: [Bodies] = [
        Bodies(
            "/v1/orders/\(Samples.order)/waitlist",
            #"{"site":"north","minutes":90,"earliest":"2026-03-10","latest":"2026-03-24","#
                + #""weekdays":["monday","thursday"],"hours":{"from":"08:00","until":"24:00"},"#
                + #""noticeHours":24}"#,
            200, .order(Samples.order), .appointmentWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/waitlist/change", #"{"minutes":90}"#, 200,
            .order(Samples.order), .appointmentWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/waitlist/leave", #"{"reason":"patientRequest"}"#, 200,
            .order(Samples.order), .appointmentWrite),
        Bodies(
            "/v1/orders/\(Samples.order)/offers",
            "{\(slot),\"minutes\":60,\"freed\":\"\(Samples.appointment)\"}", 201,
            .order(Samples.order), .appointmentWrite),
        Bodies(
            "/v1/appointments/\(Samples.appointment)/decline", #"{"reason":"patientRequest"}"#, 200,
            .appointment(Samples.appointment), .appointmentWrite),
    ]

    private static let doses: [Bodies] = [
        Bodies(
            "/v1/orders/\(Samples.order)/doses",
            #"{"appointment":"\#(Samples.appointment)","planned":{"value":500,"unit":"mg"},"#
                + #""startedAt":"2026-03-10T09:05:00+01:00"}"#,
            201, .order(Samples.order), .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/pause",
            #"{"reason":"reaction","pausedAt":"2026-03-10T09:10:00+01:00"}"#, 200,
            .dose(Samples.dose), .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/resume",
            #"{"ratePercent":50,"resolved":true,"resumedAt":"2026-03-10T09:26:00+01:00"}"#, 200,
            .dose(Samples.dose), .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/complete", "{\(doseEnd)}", 200, .dose(Samples.dose),
            .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/stop", #"{\#(doseEnd),"reason":"extravasation"}"#, 200,
            .dose(Samples.dose), .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/reactions",
            #"{"kind":"fishbane","grade":1,"onsetMinute":4,"deliveredAtOnset":{"value":0,"unit":"mg"},"#
                + #""rate":{"value":3,"unit":"mL/min"},"gradeScale":"ctcae5","#
                + #""actions":["paused","treated"],"outcome":"resolved","#
                + #""observedAt":"2026-03-10T09:09:00+01:00"}"#,
            201, .dose(Samples.dose), .doseWrite),
        Bodies(
            "/v1/doses/\(Samples.dose)/discharge",
            #"{"stable":true,"dischargedAt":"2026-03-10T10:10:00+01:00"}"#, 200,
            .dose(Samples.dose), .doseWrite),
        Bodies(
            "/v1/reactions/\(Samples.reaction)/regrade", #"{"grade":2}"#, 200,
            .reaction(Samples.reaction), .doseWrite),
    ]

    private static let rechecks: [Bodies] = [
        Bodies(
            "/v1/queues/recheck/\(Samples.patient).R3-17/close",
            #"{"reason":"resultSeenElsewhere"}"#, 200, toPatient, .recheckWrite),
        Bodies(
            "\(patient)/reviews", #"{"decision":17,"outcome":"stands"}"#, 200, toPatient,
            .recheckWrite),
    ]
}
