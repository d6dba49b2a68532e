<?php

declare(strict_types=1);

namespace Cafe;

use Closure;
use PDO;
use PDOException;

/** The orders in this region's MySQL: append-only, keyed by the client's UUID. */
final class OrderStore
{
    private ?PDO $connection = null;

    /** @param Closure(): PDO $connect called at the first use */
    public function __construct(private readonly Closure $connect)
    {
    }

    /** Order and outbox row in one transaction: there is no order that the drain does not know of. */
    public function accept(StoredOrder $order): Acceptance
    {
        return $this->run(function (PDO $db) use ($order): Acceptance {
            $db->beginTransaction();
            $isNew = $this->insert($db, $order);
            if ($isNew) {
                $db->prepare('INSERT INTO outbox (id, created_ms) VALUES (?, ?)')
                    ->execute([$order->id, $order->acceptedMs]);
            }
            $db->commit();
            if ($isNew) {
                return Acceptance::Stored;
            }
            $query = $db->prepare(
                'SELECT o.body_hash, x.id AS outbox_id FROM orders o LEFT JOIN outbox x ON x.id = o.id WHERE o.id = ?',
            );
            $query->execute([$order->id]);
            $row = $query->fetch();
            return match (true) {
                $row === false => throw new StoreUnavailable('the order went while it was looked at'),
                $row['body_hash'] !== $order->hash => Acceptance::OtherBody,
                $row['outbox_id'] !== null => Acceptance::StoredBefore,
                default => Acceptance::Protected,
            };
        });
    }

    /** Called once the order is known to be at the other region. */
    public function markProtected(string $id): void
    {
        $this->run(static fn (PDO $db) => $db->prepare('DELETE FROM outbox WHERE id = ?')->execute([$id]));
    }

    /** Takes back what `accept` stored a moment ago and nobody was told of; refused once it is protected. */
    public function withdraw(string $id): void
    {
        $this->run(static fn (PDO $db) => $db
            ->prepare('DELETE o, x FROM orders o JOIN outbox x ON x.id = o.id WHERE o.id = ?')
            ->execute([$id]));
    }

    /** @return array{order: StoredOrder, protected: bool}|null */
    public function find(string $id): ?array
    {
        return $this->run(function (PDO $db) use ($id): ?array {
            $query = $db->prepare(
                'SELECT o.*, x.id AS outbox_id FROM orders o LEFT JOIN outbox x ON x.id = o.id WHERE o.id = ?',
            );
            $query->execute([$id]);
            $row = $query->fetch();
            return $row === false
                ? null
                : ['order' => self::fromRow($row), 'protected' => $row['outbox_id'] === null];
        });
    }

    /** @return list<StoredOrder> the oldest orders in the outbox */
    public function unprotected(int $createdBeforeMs, int $limit): array
    {
        return $this->run(static function (PDO $db) use ($createdBeforeMs, $limit): array {
            $query = $db->prepare(
                'SELECT o.* FROM outbox x JOIN orders o ON o.id = x.id'
                . ' WHERE x.created_ms < ? ORDER BY x.created_ms LIMIT ' . $limit,
            );
            $query->execute([$createdBeforeMs]);
            return array_map(self::fromRow(...), $query->fetchAll());
        });
    }

    /** @return array{rows: int, oldestMs: int|null} */
    public function outbox(): array
    {
        return $this->run(static function (PDO $db): array {
            $row = $db->query('SELECT COUNT(*) AS n, MIN(created_ms) AS oldest FROM outbox')->fetch();
            return ['rows' => (int) $row['n'], 'oldestMs' => $row['oldest'] === null ? null : (int) $row['oldest']];
        });
    }

    /**
     * Adds an order from the journal. Safe to repeat, and safe beside another drain that does the same.
     *
     * @return bool false when another body has the number; that body is kept aside
     */
    public function merge(StoredOrder $order): bool
    {
        return $this->run(function (PDO $db) use ($order): bool {
            $db->beginTransaction();
            $same = $this->insert($db, $order);
            if (!$same) {
                $query = $db->prepare('SELECT body_hash FROM orders WHERE id = ?');
                $query->execute([$order->id]);
                $same = $query->fetchColumn() === $order->hash;
            }
            if ($same) {
                // Accepted in both regions: both settle on the earlier time, so that the hours compare equal.
                $db->prepare('UPDATE orders SET accepted_ms = ? WHERE id = ? AND accepted_ms > ?')
                    ->execute([$order->acceptedMs, $order->id, $order->acceptedMs]);
            } else {
                $db->prepare(
                    'INSERT INTO order_conflicts (id, body_hash, body, accepted_region, accepted_ms)'
                    . ' VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id',
                )->execute([$order->id, $order->hash, $order->body, $order->region, $order->acceptedMs]);
            }
            $db->commit();
            return $same;
        });
    }

    /**
     * Count and hash of each hour: equal sets of orders give equal summaries, whatever the order of rows.
     *
     * @return array<string, string> `count:hash` by hour since 1970
     */
    public function summaries(int $fromMs, int $beforeMs): array
    {
        return $this->run(static function (PDO $db) use ($fromMs, $beforeMs): array {
            $query = $db->prepare(
                'SELECT accepted_ms DIV 3600000 AS hour, id, body_hash FROM orders'
                . ' WHERE accepted_ms >= ? AND accepted_ms < ? ORDER BY hour, id',
            );
            $query->execute([$fromMs, $beforeMs]);
            $hours = [];
            while (($row = $query->fetch()) !== false) {
                $hour = (string) $row['hour'];
                $hours[$hour] ??= [0, hash_init('sha256')];
                $hours[$hour][0]++;
                hash_update($hours[$hour][1], $row['id'] . $row['body_hash']);
            }
            return array_map(static fn (array $hour): string => $hour[0] . ':' . hash_final($hour[1]), $hours);
        });
    }

    /** @return list<StoredOrder> a page of one span of time, after `$afterId` */
    public function between(int $fromMs, int $beforeMs, string $afterId, int $limit): array
    {
        return $this->run(static function (PDO $db) use ($fromMs, $beforeMs, $afterId, $limit): array {
            $query = $db->prepare(
                'SELECT * FROM orders WHERE accepted_ms >= ? AND accepted_ms < ? AND id > ? ORDER BY id LIMIT ' . $limit,
            );
            $query->execute([$fromMs, $beforeMs, $afterId]);
            return array_map(self::fromRow(...), $query->fetchAll());
        });
    }

    /** Synthetic orders outside the compared hours have done their work. */
    public function dropSyntheticBefore(int $ms): void
    {
        $this->run(static fn (PDO $db) => $db
            ->prepare('DELETE FROM orders WHERE synthetic = TRUE AND accepted_ms < ? LIMIT 1000')
            ->execute([$ms]));
    }

    private function insert(PDO $db, StoredOrder $order): bool
    {
        $query = $db->prepare(
            'INSERT INTO orders (id, body, body_hash, total_cents, synthetic, accepted_region, accepted_ms)'
            . ' VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id',
        );
        $query->execute([
            $order->id,
            $order->body,
            $order->hash,
            $order->totalCents,
            $order->synthetic ? 1 : 0,
            $order->region,
            $order->acceptedMs,
        ]);
        return $query->rowCount() === 1;
    }

    /**
     * @template T
     * @param Closure(PDO): T $work
     * @return T
     */
    private function run(Closure $work): mixed
    {
        try {
            $this->connection ??= ($this->connect)();
            return $work($this->connection);
        } catch (PDOException $error) {
            // The connection may be half way through an answer: a new one is opened next time.
            $this->connection = null;
            throw new StoreUnavailable('the database failed', 0, $error);
        }
    }

    /** @param array<string, mixed> $row */
    private static function fromRow(array $row): StoredOrder
    {
        return new StoredOrder(
            (string) $row['id'],
            (string) $row['body'],
            (string) $row['body_hash'],
            (int) $row['total_cents'],
            (bool) $row['synthetic'],
            (string) $row['accepted_region'],
            (int) $row['accepted_ms'],
        );
    }
}
