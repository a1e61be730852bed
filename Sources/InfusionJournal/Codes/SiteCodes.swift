import Infusion

extension ChairKind: StoredCode {
    static var storedName: String { "chair kind" }

    var storedCode: String {
        switch self {
        case .recliner: "recliner"
        case .bed: "bed"
        }
    }
}

extension ChairEquipment: StoredCode {
    static var storedName: String { "chair equipment" }

    var storedCode: String {
        switch self {
        case .infusionPump: "infusion-pump"
        case .vitalSignsMonitor: "vital-signs-monitor"
        case .oxygen: "oxygen"
        case .suction: "suction"
        case .bariatric: "bariatric"
        }
    }
}

extension OutageReason: StoredCode {
    static var storedName: String { "outage reason" }

    var storedCode: String {
        switch self {
        case .equipmentFault: "equipment-fault"
        case .maintenance: "maintenance"
        case .cleaning: "cleaning"
        case .contamination: "contamination"
        case .other: "other"
        }
    }
}

extension ClosureReason: StoredCode {
    static var storedName: String { "closure reason" }

    var storedCode: String {
        switch self {
        case .publicHoliday: "public-holiday"
        case .staffShortage: "staff-shortage"
        case .training: "training"
        case .maintenance: "maintenance"
        case .emergency: "emergency"
        case .other: "other"
        }
    }
}

extension StaffRole: StoredCode {
    static var storedName: String { "staff role" }

    var storedCode: String {
        switch self {
        case .registeredNurse: "registered-nurse"
        case .resuscitation: "resuscitation"
        case .healthcareAssistant: "healthcare-assistant"
        }
    }
}

extension ShiftChangeReason: StoredCode {
    static var storedName: String { "shift change reason" }

    var storedCode: String {
        switch self {
        case .sickLeave: "sick-leave"
        case .otherLeave: "other-leave"
        case .reassigned: "reassigned"
        case .planChanged: "plan-changed"
        case .enteredInError: "entered-in-error"
        }
    }
}

extension CapacityRule: StoredCode {
    static var storedName: String { "capacity rule" }

    var storedCode: String {
        switch self {
        case .nurseStarts: "nurse-starts"
        case .nursePatients: "nurse-patients"
        case .lastStart: "after-last-start"
        case .visitLength: "visit-too-short"
        case .stock: "stock-short"
        }
    }
}

extension CapacityReason: StoredCode {
    static var storedName: String { "capacity reason" }

    var storedCode: String {
        switch self {
        case .urgentTreatment: "urgent-treatment"
        case .staffAgreed: "staff-agreed"
        case .extraStaff: "extra-staff"
        case .lightCare: "light-care"
        case .extraStock: "extra-stock"
        }
    }
}
