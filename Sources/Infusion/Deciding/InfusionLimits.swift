public import Foundation

/// Every limit on a command in one place, with its unit in its name. Limits of formulary rows and
/// of sites are data and live there.
public enum InfusionLimits {
    /// How far a clinic's clock may run ahead of ours before a happening counts as future.
    public static let clockToleranceSeconds: Int64 = 300
    public static let labsPerCommand = 200
    public static let factsPerCommand = 50
    public static let prescribedDosesPerOrder = 40
    public static let identifiersPerPatient = 20
    public static let givenNamesPerPatient = 20
    public static let nameCharacters = 200
    public static let identifierCharacters = 255
    public static let signerCharacters = 200
    public static let placeNameCharacters = 64
    public static let unitCharacters = 40
    public static let lotCharacters = 40
    public static let ageYears = 130
    public static let justificationCharacters = 10...2_000
    /// A DOI or the name of a guideline, and no second justification.
    public static let evidenceRefCharacters = 1...200
    /// Facts §8: what a scale can mean.
    public static let weightKilograms = 2...350
    public static let heightCentimeters = 40...250
    /// Facts §2: a target or stores outside these is a slip of the unit.
    public static let bloodPressure = 20...300
    public static let heartRate = 20...250
    public static let respiratoryRate = 4...80
    public static let oxygenSaturation = 40...100
    public static let temperature = 30...44
    public static let targetHemoglobin = 8...17
    public static let storesMilligrams = 0...2_000
    /// What somebody can have lost and be planned iron for: more than nothing (ED).
    public static let unitsLost: Decimal = 20
    public static let millilitersLost: Decimal = 10_000
    public static let transfusionUnits = 1...20
    /// The most that the gates are asked about at once, mg: above every label's.
    public static let askedMilligrams: Decimal = 5_000
    /// What a vial can hold, and the most that vials are counted for: above every label's dose at the
    /// heaviest weight.
    public static let vialMilligrams: ClosedRange<Decimal> = d("0.1")...5_000
    public static let vialDoseMilligrams: Decimal = 10_000
    public static let infusionHours: Int64 = 24
    /// Of the rate an infusion began with, %: one dose is a pause and a restart at half the rate or
    /// less, whatever it was paused for. R-4 excepts no cause, and what a patient calls a wish to stop
    /// may be a reaction that nobody has told yet.
    public static let resumedRatePercent = 1...50
    /// A mild reaction is watched so long before the infusion may go on (facts §5.3).
    public static let restartWatchMinutes = 15
    /// After a severe one the patient stays for at least a day (facts §5.3, V2).
    public static let severeReactionWatchMinutes = 24 * 60
    public static let appointmentMinutes: ClosedRange<Int64> = 5...720
    public static let bookingHorizonDays = 730
    /// A patient arrives, is moved and given the dose from so long before the visit's slot to so long after it,
    /// whatever the date (ED): nobody's visit is another one for midnight's sake.
    public static let visitHours: Int64 = 12
    /// What was looked at at the chair so short a time before a dose is of that dose, also on the other side of
    /// midnight (ED).
    public static let chairsideHours: Int64 = 4
    /// A chair is kept without an answer for at most a day.
    public static let holdMinutes = 1...1_440
    /// How long before a visit a waiting patient may want to be asked: up to four weeks.
    public static let waitlistNoticeHours = 0...672
    /// A late reaction is still told in minutes from the infusion's start.
    public static let onsetMinutes = 0...20_160
    /// Of an infusion, a push by hand included: 100 mL/min at most (ED).
    public static let rateMillilitersPerHour = 1...6_000
    public static let overrideDays = 30
    /// An estimated due date lies so many days after (or, overdue, before) the day it is told.
    public static let dueDateDays = -42...300
    /// What is planned lies so many days from the day it is told; an event just past may still be told.
    public static let plannedEventDays = -7...730
    public static let cancerInfusionHours: Int64 = 120
    /// Events of another record's history that one merge takes over: with what follows from them they have to
    /// fit into one command.
    public static let carriedEvents = 900
    /// A patient whose infusion ended so few hours ago and who was not discharged may still sit in a chair; who sat
    /// down longer ago is taken to have left.
    public static let seatedHours: Int64 = 24
    /// What happened elsewhere may be told until so many days after it, and not before it.
    public static let pastEventDays = -730...0
    /// That a test was done may be told until so many days after it, ten years, and not before it.
    public static let namedTestDays = -3_653...0
}
