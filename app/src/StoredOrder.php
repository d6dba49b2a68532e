<?php

declare(strict_types=1);

namespace Cafe;

/** An order as accepted, the same in MySQL and in the journal. */
final readonly class StoredOrder
{
    public function __construct(
        public string $id,
        public string $body,
        public string $hash,
        public int $totalCents,
        public bool $synthetic,
        public string $region,
        public int $acceptedMs,
    ) {
    }

    /**
     * Whether this body is made if another one has the same number: the one that was accepted first.
     * A body with a rival was accepted in one region only, so both regions decide by the same times.
     */
    public function precedes(self $other): bool
    {
        return [$this->acceptedMs, $this->hash] < [$other->acceptedMs, $other->hash];
    }

    public static function accept(Order $order, string $region, int $nowMs): self
    {
        return new self(
            $order->id,
            $order->body,
            $order->hash,
            $order->totalCents,
            $order->synthetic,
            $region,
            $nowMs,
        );
    }
}
