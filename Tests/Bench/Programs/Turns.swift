/// Which of a client's appends are new: of each hundred the last few are not. Clients begin at different
/// places of their hundred, so that not all come with something else than a new one at once; the first
/// turn is always new.
struct Turns {
    enum Kind {
        case new
        /// The last new one once more, as after a lost answer.
        case sentAgain
        /// Another command at the version that the last new one has taken.
        case late
    }

    private let notNew: Int
    private let shift: Int

    init(notNew: Int, client: Int) {
        self.notNew = notNew
        shift = client * 37 % (100 - notNew)
    }

    func kind(of turn: Int) -> Kind {
        let place = turn + shift
        guard place % 100 >= 100 - notNew else { return .new }
        return (place / 100 + place) % 2 == 0 ? .sentAgain : .late
    }

    /// How many new ones a client has had when this turn comes.
    func newOnes(before turn: Int) -> Int {
        let place = turn + shift
        return turn - place / 100 * notNew - max(0, place % 100 - (100 - notNew))
    }
}
