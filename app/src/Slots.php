<?php

declare(strict_types=1);

namespace Cafe;

/** A cap on the workers of this instance that do one thing at the same time. */
final readonly class Slots
{
    public function __construct(private StateDirectory $state, private string $name, private int $count)
    {
    }

    /**
     * A slot, freed with its handle or with its process; null if all stay taken for `$waitMs`.
     *
     * @return resource|null
     */
    public function take(int $waitMs = 0)
    {
        $untilMs = Clock::nowMs() + $waitMs;
        while (($slot = $this->tryAll()) === null && Clock::nowMs() < $untilMs) {
            usleep(10_000);
        }
        return $slot;
    }

    /** @return resource|null */
    private function tryAll()
    {
        // A random start: otherwise every worker would try slot 0 first.
        $start = random_int(0, $this->count - 1);
        for ($step = 0; $step < $this->count; $step++) {
            $slot = $this->state->tryLock("slot-$this->name-" . ($start + $step) % $this->count);
            if ($slot !== null) {
                return $slot;
            }
        }
        return null;
    }
}
