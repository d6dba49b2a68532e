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
        private StateDirectory $state,
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
        [$bodies, [$acceptance, $stored]] = $this->guarded(fn (): array => [
            // Asked before MySQL is, so that the answer is there when MySQL's is.
            $this->here->askForBodies($order->id),
            // As it is stored from here on: a repetition goes by the time at which the order was accepted first.
            $this->store->accept(StoredOrder::accept($order, $this->config->region, Clock::nowMs())),
        ]);
        $isNew = $acceptance === Acceptance::Stored;
        if ($isNew) {
            $this->state->note(DeepCheck::ORDER_STORED, Limits::ORDER_NOTED_EVERY_MS);
        }
        $placement = match ($acceptance) {
            Acceptance::Protected => Placement::Confirmed,
            Acceptance::OtherBody => Placement::OtherBody,
            default => $this->heldElsewhere($stored, $isNew, $bodies) ?? $this->protect($stored),
        };
        if ($placement === Placement::OtherBody && $isNew) {
            $this->takeBack($stored);
        }
        if ($placement !== Placement::OtherBody && $isNew && !$order->synthetic) {
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
            $order = $this->here->bodies($id)[0] ?? null;
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

    /**
     * Whether the other region has accepted this number and our drain has yet to see it. Its answer was 201 only
     * if the item is in this region's replica, so that another body is found out here, unless both are accepted in
     * the same moment: then both are kept (docs/adr/0010).
     *
     * @param \Closure(): list<StoredOrder> $ask
     */
    private function heldElsewhere(StoredOrder $order, bool $isNew, \Closure $ask): ?Placement
    {
        try {
            $bodies = $ask();
        } catch (Aws\AwsError | Aws\AwsUnreachable) {
            return null;
        }
        foreach ($bodies as $held) {
            // One of which somebody may have been told yields only to a body that was accepted earlier.
            if ($held->hash !== $order->hash && ($isNew || $held->precedes($order))) {
                return Placement::OtherBody;
            }
        }
        return ($bodies[0] ?? null)?->region === $this->config->otherRegion ? $this->confirmed($order) : null;
    }

    private function protect(StoredOrder $order): Placement
    {
        if ($this->there->put($order, $this->config->otherRegion) === JournalAnswer::Holds) {
            return $this->confirmed($order);
        }
        // With both replicas out of reach MySQL alone holds it. Refusing would turn the journal's trouble
        // into an outage that no health check sees; 202 promises no more than this (app/README.md).
        $this->here->put($order, $this->config->otherRegion);
        return Placement::Received;
    }

    private function confirmed(StoredOrder $order): Placement
    {
        try {
            $isHere = $this->store->markProtected($order);
        } catch (StoreUnavailable $error) {
            // Most probably in both regions; what cannot be looked at is not promised.
            Log::failure('outbox_row_left', $error);
            return Placement::Received;
        }
        return $isHere ? Placement::Confirmed : throw new StoreUnavailable('withdrawn by a request beside this one');
    }

    /** The journal knows another body, accepted elsewhere first. What nobody was told of is removed again. */
    private function takeBack(StoredOrder $order): void
    {
        Log::event('order_conflict', ['id' => $order->id]);
        try {
            $this->store->withdraw($order);
        } catch (StoreUnavailable $error) {
            Log::failure('conflict_row_left', $error);
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
