<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Whether this region can take an order, from the last result of `bin/watch.php` and from stored orders.
 *
 * It makes no request itself, so that it answers immediately. A database that refuses counts as failed; a silent one
 * counts as busy until neither the watch nor an order has completed a write for some seconds.
 *
 * @phpstan-type Result array{database: string, redis: string, outboxRows: int|null, outboxOldestMs: int|null}
 */
final class DeepCheck
{
    /** The fact that an order was stored, and when: the best sign that the database works. */
    public const ORDER_STORED = 'order-stored';

    /** @return Result `database` is ok, busy, failed, no answer or not configured */
    public static function of(Services $services): array
    {
        if ($services->config->orders === null) {
            return self::result('not configured', ['redis' => 'not configured']);
        }
        $seen = $services->state->read(StoreWatch::FACT) ?? [];
        $order = $services->state->read(self::ORDER_STORED) ?? [];
        return self::judge($seen, self::ms($order, 'atMs'), Clock::nowMs());
    }

    /**
     * @param array<array-key, mixed> $seen
     * @return Result
     */
    public static function judge(array $seen, int $orderStoredMs, int $nowMs): array
    {
        $atMs = self::ms($seen, 'atMs');
        $isFresh = $atMs > $nowMs - Limits::DATABASE_SILENT_MS;
        $lastWriteMs = max(self::ms($seen, 'databaseOkMs'), $orderStoredMs);
        $database = match (true) {
            ($seen['database'] ?? null) === 'failed' && $isFresh && $atMs > $orderStoredMs => 'failed',
            $lastWriteMs <= $nowMs - Limits::DATABASE_SILENT_MS => 'no answer',
            ($seen['database'] ?? null) === 'ok' && $isFresh => 'ok',
            default => 'busy',
        };
        return self::result($database, $isFresh ? $seen : []);
    }

    /** @param array<array-key, mixed> $facts */
    private static function ms(array $facts, string $key): int
    {
        return is_int($facts[$key] ?? null) ? $facts[$key] : 0;
    }

    /**
     * @param array<array-key, mixed> $seen
     * @return Result
     */
    private static function result(string $database, array $seen): array
    {
        $number = static fn (mixed $value): ?int => is_int($value) ? $value : null;
        return [
            'database' => $database,
            'redis' => is_string($seen['redis'] ?? null) ? $seen['redis'] : 'no answer',
            'outboxRows' => $number($seen['outboxRows'] ?? null),
            'outboxOldestMs' => $number($seen['outboxOldestMs'] ?? null),
        ];
    }
}
