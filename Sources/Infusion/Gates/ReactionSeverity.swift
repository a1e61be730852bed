extension ReactionGrade {
    /// CTCAE: 1 mild to 5 death (facts §5.2).
    static let scale = 1...5
}

extension ReactionKind {
    /// CTCAE anaphylaxis starts at grade 3 (facts §5.2, GK H).
    var lowestGrade: Int { self == .anaphylaxis ? 3 : 1 }

    func allows(_ grade: ReactionGrade) -> Bool {
        switch grade {
        case .ungraded: true
        case .ctcae(let value): value >= lowestGrade
        }
    }
}

/// What a reaction's kind and grade mean for later iron (facts §5.1 to §5.3, R-19).
enum ReactionSeverity {
    /// Grade 3 or more, or a serious kind that nobody has graded yet.
    static func isSerious(_ kind: ReactionKind, _ grade: ReactionGrade) -> Bool {
        switch grade {
        case .ctcae(let value): value >= 3
        case .ungraded: isSeriousUngraded(kind)
        }
    }

    /// A serious reaction that is one of hypersensitivity: what blocks a moiety for ever.
    static func isSeriousHypersensitivity(_ kind: ReactionKind, _ grade: ReactionGrade) -> Bool {
        isSerious(kind, grade) && mayBeHypersensitivity(kind)
    }

    private static func isSeriousUngraded(_ kind: ReactionKind) -> Bool {
        switch kind {
        case .anaphylaxis, .angioedema, .bronchospasm, .kounis, .hypotension: true
        case .fishbane, .carpaModerate, .urticariaPruritus, .hypertensionTransient,
            .syncopeVasovagal, .nauseaVomiting, .headacheDizziness, .metallicTaste, .injectionSite,
            .extravasationStain, .delayedArthralgiaMyalgiaFever, .hypophosphatemia,
            .fetalBradycardia, .ironOverload, .deviceOrRateError:
            false
        }
    }

    /// Any allergic reaction, of any grade: what ferumoxytol's label asks about (§1.5). A Fishbane
    /// reaction is not an allergy.
    static func isAllergic(_ kind: ReactionKind) -> Bool {
        switch kind {
        case .urticariaPruritus, .carpaModerate, .bronchospasm, .angioedema, .anaphylaxis, .kounis,
            .hypotension:
            true
        case .fishbane, .hypertensionTransient, .syncopeVasovagal, .nauseaVomiting,
            .headacheDizziness, .metallicTaste, .injectionSite, .extravasationStain,
            .delayedArthralgiaMyalgiaFever, .hypophosphatemia, .fetalBradycardia, .ironOverload,
            .deviceOrRateError:
            false
        }
    }

    /// Kinds whose mechanism is plainly another stay out; what is in doubt stays in.
    private static func mayBeHypersensitivity(_ kind: ReactionKind) -> Bool {
        switch kind {
        case .hypophosphatemia, .ironOverload, .deviceOrRateError, .extravasationStain,
            .injectionSite, .fetalBradycardia:
            false
        case .fishbane, .carpaModerate, .urticariaPruritus, .hypotension, .hypertensionTransient,
            .bronchospasm, .angioedema, .anaphylaxis, .syncopeVasovagal, .nauseaVomiting,
            .headacheDizziness, .metallicTaste, .delayedArthralgiaMyalgiaFever, .kounis:
            true
        }
    }
}
