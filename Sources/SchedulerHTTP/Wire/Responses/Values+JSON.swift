import Infusion
import InfusionWire

extension Sealed<Identity> {
    /// Present, erased or unreachable: three different answers.
    var json: JSON {
        switch self {
        case .present(let identity): ["status": "present", "identity": identity.json]
        case .erased: ["status": "erased", "identity": nil]
        case .unreachable: ["status": "unreachable", "identity": nil]
        }
    }
}

extension Sealed<String> {
    var json: JSON {
        switch self {
        case .present(let text): ["status": "present", "text": .string(text)]
        case .erased: ["status": "erased", "text": nil]
        case .unreachable: ["status": "unreachable", "text": nil]
        }
    }
}

extension Identity {
    var json: JSON {
        [
            "name": [
                "family": .string(name.family), "given": .list(name.given) { .string($0) },
            ],
            "birthDate": .date(birthDate), "identifiers": .list(identifiers, \.json),
        ]
    }
}

extension PatientIdentifier {
    var json: JSON { ["system": .string(system), "value": .string(value)] }
}

extension SourceIdentifier {
    var json: JSON { ["system": .string(system), "value": .string(value)] }
}

extension AppointmentSlot {
    var json: JSON {
        [
            "site": .string(site.name), "chair": .string(chair.name), "start": .instant(start),
            "end": .instant(end),
        ]
    }
}

extension IronNeed {
    var json: JSON {
        [
            "method": .name(method), "amount": .quantity(milligrams),
            "weight": .optional(weight) { .quantity($0) },
            "hemoglobin": .optional(hemoglobin) { .quantity($0) },
            "targetHemoglobin": .optional(targetHemoglobin) { .quantity($0) },
            "stores": .optional(stores) { .quantity($0) },
            "bloodLoss": .optional(loss, \.json), "formula": .string(formula),
        ]
    }
}

extension BloodLoss {
    /// As it is sent.
    fileprivate var json: JSON {
        switch self {
        case .units(let units): ["units": .decimal(units)]
        case .volume(let volume, let hematocrit):
            ["volume": .quantity(volume), "hematocrit": .quantity(hematocrit)]
        }
    }
}

extension ReactionGrade {
    /// Null while it is not graded.
    var json: JSON {
        switch self {
        case .ungraded: nil
        case .ctcae(let grade): .integer(grade)
        }
    }
}

extension RecheckClosed.Reason {
    /// A stable code; a person's reason is given as such.
    var json: JSON {
        switch self {
        case .satisfied: "satisfied"
        case .superseded: "superseded"
        case .noLongerNeeded: "noLongerNeeded"
        case .closedByPerson(let reason): .name(reason)
        }
    }
}

extension PregnancyStatus {
    var json: JSON {
        switch self {
        case .notPregnant: ["status": "notPregnant", "estimatedDueDate": nil]
        case .unknown: ["status": "unknown", "estimatedDueDate": nil]
        case .pregnant(let date):
            ["status": "pregnant", "estimatedDueDate": .optional(date) { .date($0) }]
        }
    }
}

extension IronAllergy {
    var json: JSON {
        ["moiety": .optional(moiety) { .name($0) }, "serious": .bool(serious)]
    }
}

extension ChairsideCheck {
    /// As it is sent.
    var json: JSON {
        [
            "vitals": .optional(vitals, \.json), "staffed": .optional(isStaffed) { .bool($0) },
            "consent": .optional(hasConsent) { .bool($0) },
        ]
    }
}

extension VitalSigns {
    fileprivate var json: JSON {
        [
            "systolic": .optional(systolic) { .integer($0) },
            "diastolic": .optional(diastolic) { .integer($0) },
            "heartRate": .optional(heartRate) { .integer($0) },
            "respiratoryRate": .optional(respiratoryRate) { .integer($0) },
            "oxygenSaturation": .optional(oxygenSaturation) { .integer($0) },
            "temperature": .optional(temperature) { .decimal($0) },
        ]
    }
}

extension ClinicalFact {
    /// As it is sent: told apart by `type`.
    var json: JSON {
        switch self {
        case .infection(let active): ["type": "infection", "active": .bool(active)]
        case .pregnancy(let status):
            switch status {
            case .notPregnant:
                ["type": "pregnancy", "status": "notPregnant", "estimatedDueDate": nil]
            case .unknown: ["type": "pregnancy", "status": "unknown", "estimatedDueDate": nil]
            case .pregnant(let date):
                [
                    "type": "pregnancy", "status": "pregnant",
                    "estimatedDueDate": .optional(date) { .date($0) },
                ]
            }
        case .ironAllergy(let allergy):
            [
                "type": "ironAllergy", "moiety": .optional(allergy.moiety) { .name($0) },
                "serious": .bool(allergy.serious),
            ]
        case .knownIronOverload(let present):
            ["type": "knownIronOverload", "present": .bool(present)]
        case .hypophosphatemiaRisk(let present):
            ["type": "hypophosphatemiaRisk", "present": .bool(present)]
        case .cardiovascularDisease(let present):
            ["type": "cardiovascularDisease", "present": .bool(present)]
        case .therapy(let therapy, let active):
            ["type": "therapy", "therapy": .name(therapy), "active": .bool(active)]
        case .deceased(let deceased): ["type": "deceased", "deceased": .bool(deceased)]
        case .condition(let condition, let present):
            ["type": "condition", "condition": .name(condition), "present": .bool(present)]
        case .symptom(let symptom, let present):
            ["type": "symptom", "symptom": .name(symptom), "present": .bool(present)]
        case .bleeding(let source, let active):
            ["type": "bleeding", "source": .name(source), "active": .bool(active)]
        case .planned(let event, let date):
            ["type": "planned", "event": .name(event), "on": .optional(date) { .date($0) }]
        case .cancerInfusion(let infusion):
            [
                "type": "cancerInfusion", "start": .instant(infusion.start),
                "end": .instant(infusion.end), "cardiotoxic": .bool(infusion.cardiotoxic),
            ]
        case .happened(let event, let date):
            ["type": "happened", "event": .name(event), "on": .optional(date) { .date($0) }]
        case .tested(let test, let date):
            ["type": "tested", "test": .name(test), "on": .optional(date) { .date($0) }]
        }
    }
}
