<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Compares the two regions' orders hour by hour, and transfers the orders of differing hours again.
 *
 * Each region publishes count and hash of its hours in the journal; no region queries the other's
 * MySQL. Where they differ, each marks its own orders of that hour for the other's drain: sets merge,
 * so both end with the union.
 */
final readonly class Comparison
{
    private const HOUR_MS = 3_600_000;

    public function __construct(
        private Config $config,
        private OrderStore $store,
        private Journal $there,
        private Journal $here,
    ) {
    }

    /** @return int hours that differ; all of them if the other region has no recent summary */
    public function run(int $nowMs): int
    {
        return $this->compare(intdiv($nowMs - Limits::COMPARE_GRACE_MS, self::HOUR_MS), $nowMs);
    }

    /** For a drill with nothing in flight: also compares the current hour. */
    public function runIncludingThisHour(int $nowMs): int
    {
        return $this->compare(intdiv($nowMs, self::HOUR_MS) + 1, $nowMs);
    }

    private function compare(int $endHour, int $nowMs): int
    {
        $fromHour = $endHour - Limits::COMPARE_HOURS;
        $hours = $this->store->summaries($fromHour * self::HOUR_MS, $endHour * self::HOUR_MS);
        $ours = new HourSummary($fromHour, $endHour, $nowMs, $hours);
        $this->here->publishSummary($this->config->region, $ours);
        $theirs = $this->here->summary($this->config->otherRegion);
        if ($theirs === null || $theirs->publishedMs < $nowMs - Limits::SUMMARY_STALE_MS) {
            return Limits::COMPARE_HOURS;
        }
        $differing = $ours->differingHours($theirs);
        foreach ($differing as $hour) {
            Log::event('hour_differs', ['hour' => gmdate('Y-m-d\TH', $hour * 3600)]);
            $this->handOver($hour * self::HOUR_MS);
        }
        return count($differing);
    }

    private function handOver(int $fromMs): void
    {
        $after = null;
        do {
            $orders = $this->store->between($fromMs, $fromMs + self::HOUR_MS, $after, Limits::DRAIN_BATCH_ROWS);
            foreach ($orders as $order) {
                $this->there->republish($order, $this->config->otherRegion);
                $after = $order;
            }
        } while (count($orders) === Limits::DRAIN_BATCH_ROWS);
    }
}
