<?php

declare(strict_types=1);

namespace Cafe;

/**
 * A circuit breaker per host, shared by all workers: after some failures in a row no worker waits for
 * that host; after a pause one worker at a time tries it again (half open).
 *
 * Two workers that fail at the same instant may count as one; a real outage causes more failures.
 */
final class Breaker
{
    /** @var resource|null the lock of this worker while it tries the host */
    private $trial = null;

    public function __construct(
        private readonly StateDirectory $state,
        private readonly string $name,
        private readonly int $openMs = Limits::BREAKER_OPEN_MS,
    ) {
    }

    /** Whether this worker may call the host now. After true, it must call `succeeded` or `failed`. */
    public function allows(): bool
    {
        [$failures, $openUntilMs] = $this->read();
        if ($failures < Limits::BREAKER_FAILURES) {
            return true;
        }
        if (Clock::nowMs() < $openUntilMs) {
            return false;
        }
        $this->trial = $this->state->tryLock($this->key());
        return $this->trial !== null;
    }

    public function succeeded(): void
    {
        if ($this->read()[0] > 0) {
            $this->state->write($this->key(), ['failures' => 0, 'openUntilMs' => 0]);
        }
        $this->trial = null;
    }

    public function failed(): void
    {
        $failures = min($this->read()[0] + 1, Limits::BREAKER_FAILURES);
        $openUntilMs = $failures < Limits::BREAKER_FAILURES ? 0 : Clock::nowMs() + $this->openMs;
        $this->state->write($this->key(), ['failures' => $failures, 'openUntilMs' => $openUntilMs]);
        $this->trial = null;
    }

    /** @return 'closed'|'open'|'half-open' */
    public function describe(): string
    {
        [$failures, $openUntilMs] = $this->read();
        if ($failures < Limits::BREAKER_FAILURES) {
            return 'closed';
        }
        return Clock::nowMs() < $openUntilMs ? 'open' : 'half-open';
    }

    /** @return array{int, int} failures in a row, and until when it is open */
    private function read(): array
    {
        $data = $this->state->read($this->key()) ?? [];
        $failures = $data['failures'] ?? 0;
        $openUntilMs = $data['openUntilMs'] ?? 0;
        return [is_int($failures) ? $failures : 0, is_int($openUntilMs) ? $openUntilMs : 0];
    }

    private function key(): string
    {
        return "breaker-$this->name";
    }
}
