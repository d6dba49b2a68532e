<?php

declare(strict_types=1);

namespace Cafe;

/** An order as accepted: what MySQL and the journal both hold. */
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
     * Whether this body is the one to make when another came under its number: the one that was accepted first.
     * A body that has a rival was accepted in one region only, so that both regions decide by the same times.
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
