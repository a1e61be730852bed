/// A transferrin saturation: reported, or computed from iron and its carrier of the same specimen.
struct SaturationReading: Hashable {
    let marker: IronMarker
    let collectedAt: Instant
    let date: CalendarDate
    /// The saturation itself, or the iron it was computed from.
    let specimen: LabFact

    init(_ marker: IronMarker, of specimen: LabFact) {
        self.marker = marker
        self.specimen = specimen
        collectedAt = specimen.collectedAt
        date = specimen.date
    }
}

extension ClinicalPicture {
    /// The saturations collected by now, the newest last; of one specimen the reported one stands.
    func makeSaturations() -> [SaturationReading] {
        let reported = readings(.transferrinSaturation).map { lab in
            SaturationReading(IronMarker(lab.value, evidence: [lab.evidence]), of: lab)
        }
        let irons = readings(.iron)
        if irons.isEmpty { return reported }
        let known = Set(reported.map(\.collectedAt))
        let computed = irons.filter { !known.contains($0.collectedAt) }
            .compactMap(computedSaturation)
        return (reported + computed).sorted { $0.collectedAt < $1.collectedAt }
    }

    func flaw(of reading: SaturationReading) -> SpecimenFlaw? { flaw(of: reading.specimen) }

    /// iron ÷ binding capacity × 100, or iron (µg/dL) ÷ transferrin (mg/dL) × 70.9. A
    /// comparator on either side leaves the quotient unknown.
    private func computedSaturation(_ iron: LabFact) -> SaturationReading? {
        guard iron.value.comparator == nil else { return nil }
        func carrier(_ analyte: Analyte) -> LabFact? {
            readings(analyte).last {
                $0.collectedAt == iron.collectedAt && $0.value.comparator == nil
            }
        }
        let value: Percent?
        let other: LabFact
        if let capacity = carrier(.totalIronBindingCapacity) {
            other = capacity
            value = try? TransferrinSaturation.percent(
                iron: iron.value.canonical, totalIronBindingCapacity: capacity.value.canonical)
        } else if let transferrin = carrier(.transferrin) {
            other = transferrin
            value = try? TransferrinSaturation.percent(
                iron: iron.value.canonical, transferrin: transferrin.value.canonical)
        } else {
            return nil
        }
        guard let value else { return nil }
        return SaturationReading(
            IronMarker(value.value, evidence: [iron.evidence, other.evidence]), of: iron)
    }
}
