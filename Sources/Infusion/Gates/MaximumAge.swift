/// How old something may be on the day of a dose, and who says so.
struct MaximumAge {
    let days: Int
    let because: String

    /// The one that asks for the newest; the first of two that ask for the same.
    static func shortest(_ first: MaximumAge, _ others: [MaximumAge]) -> MaximumAge {
        others.reduce(first) { $1.days < $0.days ? $1 : $0 }
    }
}

extension ClinicalPicture {
    /// How old a haemoglobin may be at the moment that a plan, a dose or a baseline for `indication`
    /// rests on (facts §3.1): less during chemotherapy of cancer and before surgery.
    func hemoglobinAge(for indication: ClinicalContext) -> MaximumAge {
        let policy = context.site.policy
        let ages = policy.diagnosis
        let active = (contexts?.value ?? []).union([indication])
        func age(_ days: Int, _ setting: PolicySetting) -> MaximumAge {
            MaximumAge(days: days, because: policy.because(setting))
        }
        var shorter: [MaximumAge] = []
        if isActive(.chemotherapy), active.contains(where: \.isOncology) {
            shorter.append(age(ages.hemoglobinMaxAgeDaysOncology, .hemoglobinMaxAgeDaysOncology))
        }
        if active.contains(.preOperative) {
            shorter.append(
                age(ages.hemoglobinMaxAgeDaysPreOperative, .hemoglobinMaxAgeDaysPreOperative))
        }
        return .shortest(age(ages.hemoglobinMaxAgeDays, .hemoglobinMaxAgeDays), shorter)
    }

    /// How old ferritin, saturation and C-reactive protein may be for `indication` (facts §3.1): less in
    /// cancer and on haemodialysis.
    func ironAge(for indication: ClinicalContext) -> MaximumAge {
        let policy = context.site.policy
        let active = (contexts?.value ?? []).union([indication])
        let isStrict = !active.isDisjoint(with: [
            .oncology, .metastaticBreastCancer, .ckdHemodialysis,
        ])
        return isStrict
            ? MaximumAge(
                days: policy.diagnosis.ironMaxAgeDaysStrict,
                because: policy.because(.ironMaxAgeDaysStrict))
            : MaximumAge(
                days: policy.diagnosis.ironMaxAgeDays, because: policy.because(.ironMaxAgeDays))
    }
}
