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
