<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Accepts an order: MySQL here, then the journal in the other region, then the answer.
 *
 * A crash may follow any step. While the outbox row exists the drain finishes the work, and a repetition
 * by the client with the same number finds the result.
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
            // Sent before the MySQL transaction, so that both answers arrive at about the same time.
            $this->here->askForBodies($order->id),
            // From here on the stored order: a repetition has the time at which the order was first accepted.
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
            // Not found in one store and unknown in the other is not "not found".
            throw $trouble ?? new StoreUnavailable('the journal failed', 0, $error);
        }
        if ($order === null && $trouble !== null) {
            throw $trouble;
        }
        // It is here and in the region that accepted it, otherwise it would not be in the journal.
        return $order === null ? null : ['order' => $order, 'protected' => $order->region !== $this->config->region];
    }

    /**
     * Whether the other region has accepted this number and our drain has not stored it yet. It answered 201 only if
     * the item is in this region's replica, so this finds another body, unless both are accepted at the same moment:
     * then both are kept (docs/adr/0010).
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
            // An order that a customer may know of yields only to a body that was accepted earlier.
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
        // If neither replica can be reached, only MySQL has it. A refusal would turn the journal's failure
        // into an outage that no health check detects; 202 promises no more than this (app/README.md).
        $this->here->put($order, $this->config->otherRegion);
        return Placement::Received;
    }

    private function confirmed(StoredOrder $order): Placement
    {
        try {
            $isHere = $this->store->markProtected($order);
        } catch (StoreUnavailable $error) {
            // Probably in both regions; but the answer promises nothing that was not verified.
            Log::failure('outbox_row_left', $error);
            return Placement::Received;
        }
        return $isHere ? Placement::Confirmed : throw new StoreUnavailable('withdrawn by a concurrent request');
    }

    /** The journal has another body that was accepted elsewhere first. Removes the order, which no answer confirmed. */
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
