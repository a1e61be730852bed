extension PostgresConnection {
    /// Listens on a channel. Use a connection of its own, outside the pool: it stays on watch.
    ///
    /// A slow reader sees the first ``PostgresLimits/bufferedNotifications`` and then one element
    /// that says ``Notification/isLagged``.
    public func listen(_ channel: String) async throws(PostgresError) -> Notifications {
        try await listen(channel, limit: PostgresLimits.bufferedNotifications)
    }

    func listen(_ channel: String, limit: Int) async throws(PostgresError) -> Notifications {
        let listener = NotificationListener(channel: channel, limit: limit)
        signal.dedicate()
        listeners.append(WeakListener(listener: listener))
        try await execute(.control("LISTEN \(channel.quotedIdentifier)"))
        resumeWatch()
        return Notifications(connection: self, listener: listener)
    }

    var isListening: Bool { !listeners.isEmpty }

    /// Looks at what has arrived and has the idle thread watch the socket for more.
    func resumeWatch() {
        guard let conversation else { return }
        executor.watch(
            .init(socket: conversation.handle.socket) { [weak self] in
                self?.assumeIsolated { $0.receive() }
            })
        receive()
    }

    /// Hands on what has arrived while nothing else was going on.
    private func receive() {
        guard let conversation else { return executor.watch(nil) }
        // A stream or a COPY reads this socket itself.
        guard activity == .none else { return executor.watch(nil) }
        let isAlive = conversation.handle.consumeInput() && conversation.handle.isConnected
        distribute(conversation)
        guard !isAlive else { return }
        executor.watch(nil)
        endListening(conversation.idleLoss())
    }

    /// Every exchange may bring notifications along.
    func distribute(_ conversation: Conversation) {
        while let notification = conversation.handle.nextNotification() {
            for case let listener? in listeners.map(\.listener)
            where listener.channel == notification.channel {
                listener.deliver(notification)
            }
        }
        listeners.removeAll { $0.listener == nil }
    }

    func endListening(_ error: PostgresError) {
        executor.watch(nil)
        for weak in listeners { weak.listener?.end(error) }
        listeners = []
    }
}
