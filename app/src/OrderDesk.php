<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Accepts an order: MySQL here, then the journal at the other region, then the answer.
 *
 * Every step may be the last one before a crash. Until the outbox row is gone the drain finishes the
 * work, and the client's repetition with the same number finds what was done.
 */
final readonly class OrderDesk
{
    public function __construct(
        private Config $config,
        private OrderStore $store,
        private Breaker $databaseBreaker,
        private Journal $there,
        private Journal $here,
        private Metrics $metrics,
    ) {
    }

    /** @throws StoreUnavailable when nothing can be promised; the customer may repeat it */
    public function place(Order $order): Placement
    {
        $stored = StoredOrder::accept($order, $this->config->region, Clock::nowMs());
        $acceptance = $this->accept($stored);
        if ($acceptance === Acceptance::OtherBody) {
            return Placement::OtherBody;
        }
        $isNew = $acceptance === Acceptance::Stored;
        $placement = match ($acceptance) {
            Acceptance::Protected => Placement::Confirmed,
            Acceptance::Stored => $this->heldElsewhere($stored) ?? $this->protect($stored),
            default => $this->protect($stored),
        };
        if ($placement === Placement::OtherBody) {
            $this->takeBack($stored, $isNew);
            return $placement;
        }
        if ($isNew && !$order->synthetic) {
            $unprotected = $placement === Placement::Received ? 1 : 0;
            $this->metrics->emit([
                'OrdersAccepted' => [1, 'Count'],
                'OrdersUnprotected' => [$unprotected, 'Count'],
            ]);
        }
        return $placement;
    }

    /** @return array{order: StoredOrder, protected: bool}|null from MySQL, or from the journal before it is drained */
    public function find(string $id): ?array
    {
        $trouble = null;
        try {
            $found = $this->guarded(fn (): ?array => $this->store->find($id));
            if ($found !== null) {
                return $found;
            }
        } catch (StoreUnavailable $error) {
            $trouble = $error;
        }
        try {
            $order = $this->here->find($id);
        } catch (Aws\AwsError | Aws\AwsUnreachable $error) {
            // Not found in one place and unknown in the other is not "not found".
            throw $trouble ?? new StoreUnavailable('the journal failed', 0, $error);
        }
        if ($order === null && $trouble !== null) {
            throw $trouble;
        }
        // Held here and by the region that accepted it, or it would not be in the journal.
        return $order === null ? null : ['order' => $order, 'protected' => $order->region !== $this->config->region];
    }

    private function accept(StoredOrder $order): Acceptance
    {
        return $this->guarded(fn (): Acceptance => $this->store->accept($order));
    }

    /**
     * Whether the other region has confirmed this number and our drain has yet to see it. Its answer was
     * 201 only if the item is in this region's replica, so another body is found out here for certain.
     */
    private function heldElsewhere(StoredOrder $order): ?Placement
    {
        try {
            $held = $this->here->find($order->id);
        } catch (Aws\AwsError | Aws\AwsUnreachable) {
            return null;
        }
        return match (true) {
            $held === null => null,
            $held->hash !== $order->hash => Placement::OtherBody,
            $held->region === $this->config->otherRegion => $this->confirmed($order),
            default => null,
        };
    }

    private function protect(StoredOrder $order): Placement
    {
        $answer = $this->there->put($order, $this->config->otherRegion);
        if ($answer === JournalAnswer::Holds) {
            return $this->confirmed($order);
        }
        if ($answer === JournalAnswer::Unavailable) {
            $answer = $this->here->put($order, $this->config->otherRegion);
        }
        // With both replicas out of reach MySQL alone holds it. Refusing would turn the journal's trouble
        // into an outage that no health check sees; 202 promises no more than this (app/README.md).
        return $answer === JournalAnswer::OtherBody ? Placement::OtherBody : Placement::Received;
    }

    private function confirmed(StoredOrder $order): Placement
    {
        try {
            $this->store->markProtected($order->id);
        } catch (StoreUnavailable $error) {
            // It is in both regions, which is what 201 says; the drain removes the row.
            Log::failure('outbox_row_left', $error);
        }
        return Placement::Confirmed;
    }

    /** The journal knows another body, accepted elsewhere first. What nobody was told of is removed again. */
    private function takeBack(StoredOrder $order, bool $isNew): void
    {
        Log::event('order_conflict', ['id' => $order->id]);
        if ($isNew) {
            try {
                $this->store->withdraw($order->id);
            } catch (StoreUnavailable $error) {
                Log::failure('conflict_row_left', $error);
            }
        }
    }

    /**
     * @template T
     * @param \Closure(): T $work
     * @return T
     */
    private function guarded(\Closure $work): mixed
    {
        if (!$this->databaseBreaker->allows()) {
            throw new StoreUnavailable('the breaker is open');
        }
        try {
            $result = $work();
        } catch (StoreUnavailable $error) {
            $this->databaseBreaker->failed();
            throw $error;
        }
        $this->databaseBreaker->succeeded();
        return $result;
    }
}
