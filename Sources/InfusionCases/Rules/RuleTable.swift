/// The clinical tables, in the order in which they are read.
public enum RuleTable: String, Hashable, Sendable, CaseIterable {
    case products, preparations, dosing, heartFailure, needRules, need, ironStatus, gates, overrides
    case reactions, rechecks, urgency, response, policy

    /// With the section of the clinical facts that it is.
    public var title: String {
        switch self {
        case .products: "products (§1.1, §1.5)"
        case .preparations: "preparation (§1.4)"
        case .dosing: "dosing rows (§1.2)"
        case .heartFailure: "heart-failure table (§1.3)"
        case .needRules: "ways to reckon the need (§2)"
        case .need: "iron need (§2)"
        case .ironStatus: "iron status (§3)"
        case .gates: "gates (§4)"
        case .overrides: "overrides (§10.2)"
        case .reactions: "reactions (§5.3)"
        case .rechecks: "rechecks (§6)"
        case .urgency: "urgency ladder (§6)"
        case .response: "response (§7)"
        case .policy: "settings of a site"
        }
    }

    /// Whether every row has to be shown by a case. What is only named, described or set is not:
    /// its consequences are rows of the other tables.
    public var needsCases: Bool {
        switch self {
        case .dosing, .heartFailure, .need, .ironStatus, .gates, .overrides, .reactions, .rechecks,
            .urgency, .response:
            true
        case .products, .preparations, .needRules, .policy: false
        }
    }

    /// Whether its rows are lines of one table; else each has a section of its own.
    var isTabular: Bool {
        switch self {
        case .heartFailure, .needRules, .need, .overrides, .urgency, .policy: true
        case .products, .preparations, .dosing, .ironStatus, .gates, .reactions, .rechecks,
            .response:
            false
        }
    }

    /// What a reader has to know before the first row.
    var introduction: String {
        switch self {
        case .products:
            """
            Every product that can be ordered, and those that only count, by brand and licence. \
            All milligrams are elemental iron.
            """
        case .preparations: "How each product is diluted; a concentration names its basis."
        case .dosing:
            """
            What one label allows for one group of patients. Weight is actual body weight, \
            intervals are differences of clinic-local dates, and a dose that was begun counts. \
            Age, weight, dose, interval and course limits are hard; cautions and an indication \
            outside the label are soft.
            """
        case .heartFailure:
            """
            Injectafer for iron deficiency in heart failure. The plan counts from its day 1 and is \
            never anchored anew.
            """
        case .needRules:
            "How much iron is needed. A label that fixes its course needs none of them."
        case .need: "The cells of the printed tables, and worked examples of Ganzoni's formula."
        case .ironStatus:
            """
            What ferritin, saturation and C-reactive protein (CRP) say in one context. The grids \
            are what the program answers, asked for every band; bands are in ng/mL, saturation in %. \
            A CRP is raised above 5 mg/L. Last come the guidelines that judge nobody by themselves, \
            and what makes a result say nothing.
            """
        case .gates:
            """
            What is asked before an order is placed, before a visit is booked and before a dose \
            begins. A gate that cannot tell is shut, unless it says that it is then only shown.
            """
        case .overrides:
            "Who may let a dose pass a shut gate, for how long, and for what."
        case .reactions: "What a reaction to a dose means for this dose and for the plan."
        case .rechecks:
            """
            Who is looked at again, and when. Days are clinic-local and both ends are days \
            included. A result collected too early satisfies nothing. The times are those of the \
            default settings.
            """
        case .urgency:
            """
            What opens a look at once: haemoglobin and emergencies in the place of R2, or of R11 \
            while a cancer therapy runs, phosphate in that of R5, no response in that of R3. It is due \
            from its own day on, and overdue after the day or the days below. A correction never \
            closes a value, a fall or a symptom; a later result or a person does. A severe reaction is \
            looked at at the bedside, and stops what is planned.
            """
        case .response:
            """
            How a course of iron was answered, and where it was not, why not. The causes are in \
            the order in which they are asked; several may hold at once.
            """
        case .policy:
            """
            What a site may set in the sites file. A setting can be stricter than a label and never \
            weaker.
            """
        }
    }
}

/// A file of the catalogue, with the tables it holds.
public enum RulePage: String, Hashable, Sendable, CaseIterable {
    case products, dosing, need, ironStatus, gates, reactions, rechecks, response, policy

    /// Its name without a folder.
    public var file: String {
        switch self {
        case .ironStatus: "iron-status.md"
        case .products, .dosing, .need, .gates, .reactions, .rechecks, .response, .policy:
            rawValue + ".md"
        }
    }

    var title: String {
        switch self {
        case .products: "Products"
        case .dosing: "Dosing"
        case .need: "Iron need"
        case .ironStatus: "Iron status"
        case .gates: "Gates before an infusion"
        case .reactions: "Reactions"
        case .rechecks: "Rechecks"
        case .response: "Response to a course"
        case .policy: "Settings of a site"
        }
    }

    var tables: [RuleTable] {
        switch self {
        case .products: [.products, .preparations]
        case .dosing: [.dosing, .heartFailure]
        case .need: [.needRules, .need]
        case .ironStatus: [.ironStatus]
        case .gates: [.gates, .overrides]
        case .reactions: [.reactions]
        case .rechecks: [.rechecks, .urgency]
        case .response: [.response]
        case .policy: [.policy]
        }
    }
}
