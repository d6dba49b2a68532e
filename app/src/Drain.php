<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\AwsError;
use Cafe\Aws\AwsUnreachable;

/**
 * One pass of the drain: sends the outbox to the other region, and stores the journal in MySQL.
 *
 * Needs no lock: every step may be repeated, interrupted, or done by two instances at the same time.
 */
final class Drain
{
    private int $conflicts = 0;

    public function __construct(
        private readonly Config $config,
        private readonly OrderStore $store,
        private readonly Journal $there,
        private readonly Journal $here,
    ) {
    }

    /**
     * @return array{sent: int, stored: int, conflicts: int, undrained: int|null, journalOldestSeconds: int|null}
     *         null where it is unknown
     */
    public function pass(int $deadlineMs, int $outboxMinimumAgeMs = Limits::OUTBOX_MINIMUM_AGE_MS): array
    {
        $sent = 0;
        $stored = 0;
        $left = null;
        try {
            $stored = $this->bringIn($deadlineMs);
            $left = $this->here->undrained($this->config->region, Limits::DRAIN_BATCH_ROWS);
        } catch (AwsUnreachable | AwsError | StoreUnavailable $error) {
            Log::failure('journal_not_drained', $error);
        }
        try {
            $sent = $this->sendOut($deadlineMs, $outboxMinimumAgeMs);
        } catch (AwsUnreachable | AwsError | StoreUnavailable $error) {
            Log::failure('outbox_not_sent', $error);
        }
        return [
            'sent' => $sent,
            'stored' => $stored,
            'conflicts' => $this->conflicts,
            'undrained' => $left === null ? null : count($left),
            'journalOldestSeconds' => $this->oldestSeconds($left),
        ];
    }

    /** Journal → MySQL. Removes the mark last: an order stays on the list until it is certainly stored. */
    private function bringIn(int $deadlineMs): int
    {
        $stored = 0;
        do {
            $orders = $this->here->undrained($this->config->region, Limits::DRAIN_BATCH_ROWS);
            foreach ($orders as $order) {
                if (Clock::nowMs() > $deadlineMs) {
                    return $stored;
                }
                if ($this->store->merge($order)) {
                    $this->conflicts++;
                    Log::event('order_conflict', ['id' => $order->id]);
                }
                $this->here->drained($order, $this->config->region, Clock::nowMs());
                $stored++;
            }
        } while (count($orders) === Limits::DRAIN_BATCH_ROWS);
        return $stored;
    }

    /** MySQL → the other region's journal. */
    private function sendOut(int $deadlineMs, int $minimumAgeMs): int
    {
        $sent = 0;
        $tried = [];
        do {
            $orders = $this->store->unprotected(Clock::nowMs() - $minimumAgeMs, Limits::DRAIN_BATCH_ROWS);
            $orders = array_filter($orders, static fn (StoredOrder $order): bool => !isset($tried[$order->id . $order->hash]));
            foreach ($orders as $order) {
                if (Clock::nowMs() > $deadlineMs) {
                    return $sent;
                }
                $tried[$order->id . $order->hash] = true;
                if ($this->send($order)) {
                    $sent++;
                }
            }
        } while ($orders !== []);
        return $sent;
    }

    private function send(StoredOrder $order): bool
    {
        $answer = $this->there->put($order, $this->config->otherRegion);
        if ($answer === JournalAnswer::Unavailable) {
            // An order that is only in MySQL gets a second copy as soon as a replica is available.
            $this->here->put($order, $this->config->otherRegion);
            return false;
        }
        $this->store->markProtected($order);
        return true;
    }

    /**
     * The age of the oldest order that may be missing in one of the regions.
     *
     * @param list<StoredOrder>|null $undrained
     */
    private function oldestSeconds(?array $undrained): ?int
    {
        if ($undrained === null) {
            return null;
        }
        try {
            $times = [$this->store->outbox()['oldestMs'] ?? Clock::nowMs()];
        } catch (StoreUnavailable) {
            return null;
        }
        foreach ($undrained as $order) {
            $times[] = $order->acceptedMs;
        }
        return max(0, intdiv(Clock::nowMs() - min($times), 1000));
    }
}
