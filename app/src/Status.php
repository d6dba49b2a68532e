<?php

declare(strict_types=1);

namespace Cafe;

/** The state of this region's orders as known to this instance; null for unknown values. */
final class Status
{
    /** @return array<string, mixed> */
    public static function of(Services $services): array
    {
        $config = $services->config;
        $now = Clock::nowMs();
        $check = DeepCheck::of($services);
        $drain = $services->state->read('drain') ?? [];
        $atMs = is_int($drain['atMs'] ?? null) ? $drain['atMs'] : 0;
        $fresh = $atMs > $now - Limits::DRAIN_REPORT_STALE_MS;
        $known = static fn (string $key): mixed => $fresh ? $drain[$key] ?? null : null;
        $oldest = $check['outboxOldestMs'];
        return [
            'region' => $config->region,
            'availabilityZone' => $config->availabilityZone,
            'release' => $config->release,
            'database' => $check['database'],
            'redis' => $check['redis'],
            'outbox' => [
                'rows' => $check['outboxRows'],
                'oldestSeconds' => match (true) {
                    $check['outboxRows'] === null => null,
                    $oldest === null => 0,
                    default => max(0, intdiv($now - $oldest, 1000)),
                },
            ],
            'journal' => [
                'undrained' => $known('undrained'),
                'oldestSeconds' => $known('journalOldestSeconds'),
                'measuredSecondsAgo' => $atMs === 0 ? null : intdiv($now - $atMs, 1000),
            ],
            'regionsDiffer' => $known('regionsDiffer'),
            'breakers' => $config->orders === null ? null : $services->breakers(),
        ];
    }
}
