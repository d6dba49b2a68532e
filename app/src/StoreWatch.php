<?php

declare(strict_types=1);

namespace Cafe;

use ErrorException;
use PDO;
use PDOException;
use RuntimeException;

/**
 * Probes the stores as an order would use them, and records the results.
 *
 * It keeps its own connection open, so that a database without free connections, or a busy machine, does not count
 * as a dead database.
 */
final class StoreWatch
{
    public const FACT = 'stores';

    /** Too many connections (of the server, of the account), a lock timeout, a deadlock. */
    private const BUSY = [1040, 1203, 1205, 1213, 1226];

    private ?PDO $connection = null;

    public function __construct(private readonly Services $services)
    {
    }

    public function look(): void
    {
        $kept = $this->services->state->read(self::FACT) ?? [];
        $facts = ['databaseOkMs' => is_int($kept['databaseOkMs'] ?? null) ? $kept['databaseOkMs'] : 0];
        $facts = $this->database() + $facts;
        $facts['redis'] = $this->redis();
        $this->services->state->write(self::FACT, ['atMs' => Clock::nowMs()] + $facts);
    }

    /** @return array<string, mixed> */
    private function database(): array
    {
        $startedMs = Clock::nowMs();
        try {
            try {
                return $this->write();
            } catch (PDOException | ErrorException $error) {
                // A kept connection may have been closed at any time: only the failure of a new one counts.
                if (Clock::nowMs() - $startedMs > Limits::DATABASE_REFUSED_MS) {
                    throw $error;
                }
                return $this->write();
            }
        } catch (PDOException | ErrorException | StoreUnavailable $error) {
            $this->connection = null;
            $code = $error instanceof PDOException ? $error->errorInfo[1] ?? $error->getCode() : 0;
            $isSilent = Clock::nowMs() - $startedMs > Limits::DATABASE_REFUSED_MS;
            return ['database' => $isSilent || in_array($code, self::BUSY, true) ? 'no answer' : 'failed'];
        }
    }

    /** @return array<string, mixed> */
    private function write(): array
    {
        try {
            $db = $this->connection ??= $this->services->database();
            $now = Clock::nowMs();
            $db->prepare(
                'INSERT INTO health_probe (availability_zone, probed_ms) VALUES (?, ?)'
                . ' ON DUPLICATE KEY UPDATE probed_ms = ?',
            )->execute([$this->services->config->availabilityZone, $now, $now]);
            // Checks that the order tables exist, and reads the age of the oldest outbox row.
            $row = $db->query('SELECT COUNT(*) AS n, MIN(created_ms) AS oldest FROM outbox')->fetch();
            $db->query('SELECT 1 FROM orders LIMIT 1')->fetch();
        } catch (PDOException | ErrorException $error) {
            $this->connection = null;
            throw $error;
        }
        return [
            'database' => 'ok',
            'databaseOkMs' => Clock::nowMs(),
            'outboxRows' => (int) $row['n'],
            'outboxOldestMs' => $row['oldest'] === null ? null : (int) $row['oldest'],
        ];
    }

    private function redis(): string
    {
        try {
            (new RedisClient($this->services->config->orders(), Limits::REDIS_MS))->ping();
            return 'ok';
        } catch (RuntimeException) {
            return 'failed';
        }
    }
}
