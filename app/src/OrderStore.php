<?php

declare(strict_types=1);

namespace Cafe;

use Closure;
use ErrorException;
use PDO;
use PDOException;

/** The orders in this region's MySQL: append-only, keyed by the client's UUID. */
final class OrderStore
{
    /** The columns of both `orders` and `order_conflicts`. */
    private const COLUMNS = ['id', 'body', 'body_hash', 'total_cents', 'synthetic', 'accepted_region', 'accepted_ms'];

    private ?PDO $connection = null;

    /** @param Closure(): PDO $connect called on first use */
    public function __construct(private readonly Closure $connect)
    {
    }

    /**
     * Stores order and outbox row in one transaction, so that the drain knows of every order.
     *
     * @return array{Acceptance, StoredOrder} the result, and the order as stored
     */
    public function accept(StoredOrder $order): array
    {
        return $this->run(function (PDO $db) use ($order): array {
            $db->beginTransaction();
            $isNew = $this->insert($db, $order);
            if ($isNew) {
                $db->prepare('INSERT INTO outbox (id, body_hash, created_ms) VALUES (?, ?, ?)')
                    ->execute([$order->id, $order->hash, $order->acceptedMs]);
            }
            $db->commit();
            if ($isNew) {
                return [Acceptance::Stored, $order];
            }
            $found = self::held($db, $order->id)
                ?? throw new StoreUnavailable('the order was deleted while it was read');
            return [match (true) {
                $found['order']->hash !== $order->hash => Acceptance::OtherBody,
                $found['protected'] => Acceptance::Protected,
                default => Acceptance::StoredBefore,
            }, $found['order']];
        });
    }

    /** Called once this body is known to be in the other region. @return bool whether it is also here */
    public function markProtected(StoredOrder $order): bool
    {
        return $this->run(static function (PDO $db) use ($order): bool {
            $query = $db->prepare('DELETE FROM outbox WHERE id = ? AND body_hash = ?');
            $query->execute([$order->id, $order->hash]);
            // An outbox row implies the body; if the row is already gone, another request may have withdrawn the order.
            return $query->rowCount() === 1 || (self::held($db, $order->id)['order']->hash ?? null) === $order->hash;
        });
    }

    /** Removes an order that `accept` has just stored and no answer confirmed; does nothing once it is protected. */
    public function withdraw(StoredOrder $order): void
    {
        $this->run(static fn (PDO $db) => $db
            ->prepare(
                'DELETE o, x FROM orders o JOIN outbox x ON x.id = o.id AND x.body_hash = o.body_hash'
                . ' WHERE o.id = ? AND o.body_hash = ?',
            )
            ->execute([$order->id, $order->hash]));
    }

    /** @return array{order: StoredOrder, protected: bool}|null the body that is made */
    public function find(string $id): ?array
    {
        return $this->run(static fn (PDO $db): ?array => self::held($db, $id));
    }

    /** @return list<StoredOrder> the oldest bodies in the outbox, including those that are kept aside */
    public function unprotected(int $createdBeforeMs, int $limit): array
    {
        return $this->run(static function (PDO $db) use ($createdBeforeMs, $limit): array {
            $of = static fn (string $table): string => 'SELECT ' . self::columns('o') . ', x.created_ms'
                . " FROM outbox x JOIN $table o ON o.id = x.id AND o.body_hash = x.body_hash WHERE x.created_ms < ?";
            $query = $db->prepare(
                "{$of('orders')} UNION ALL {$of('order_conflicts')} ORDER BY created_ms LIMIT $limit",
            );
            $query->execute([$createdBeforeMs, $createdBeforeMs]);
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
     * Adds a body from the journal. Safe to repeat, and safe at the same time as another drain.
     *
     * @return bool whether the number has another body: the earlier one is made, the later one kept aside
     */
    public function merge(StoredOrder $order): bool
    {
        return $this->run(function (PDO $db) use ($order): bool {
            $db->beginTransaction();
            $held = $this->insert($db, $order) ? $order : self::held($db, $order->id, 'FOR UPDATE')['order'] ?? $order;
            if ($held->hash === $order->hash) {
                // Accepted in both regions: both settle on the earlier time, so that the hours compare equal.
                $db->prepare('UPDATE orders SET accepted_ms = ? WHERE id = ? AND accepted_ms > ?')
                    ->execute([$order->acceptedMs, $order->id, $order->acceptedMs]);
            } elseif ($order->precedes($held)) {
                $this->insert($db, $held, 'order_conflicts');
                $db->prepare('DELETE FROM orders WHERE id = ?')->execute([$order->id]);
                $this->insert($db, $order);
            } else {
                $this->insert($db, $order, 'order_conflicts');
            }
            $db->commit();
            return $held->hash !== $order->hash;
        });
    }

    /**
     * Count and hash of each hour: equal sets of bodies give equal summaries, whatever the order of rows.
     *
     * @return array<string, string> `count:hash` by hour since 1970
     */
    public function summaries(int $fromMs, int $beforeMs): array
    {
        return $this->run(static function (PDO $db) use ($fromMs, $beforeMs): array {
            $of = static fn (string $table): string => 'SELECT accepted_ms DIV 3600000 AS hour, id, body_hash'
                . " FROM $table WHERE accepted_ms >= ? AND accepted_ms < ?";
            $query = $db->prepare("{$of('orders')} UNION ALL {$of('order_conflicts')} ORDER BY hour, id, body_hash");
            $query->execute([$fromMs, $beforeMs, $fromMs, $beforeMs]);
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

    /** @return list<StoredOrder> a page of one span of time, after `$after` */
    public function between(int $fromMs, int $beforeMs, ?StoredOrder $after, int $limit): array
    {
        return $this->run(static function (PDO $db) use ($fromMs, $beforeMs, $after, $limit): array {
            $of = static fn (string $table): string => 'SELECT ' . self::columns('o') . " FROM $table o"
                . ' WHERE accepted_ms >= ? AND accepted_ms < ? AND (id, body_hash) > (?, ?)';
            $query = $db->prepare("{$of('orders')} UNION ALL {$of('order_conflicts')} ORDER BY id, body_hash LIMIT $limit");
            $one = [$fromMs, $beforeMs, $after?->id ?? '', $after?->hash ?? ''];
            $query->execute([...$one, ...$one]);
            return array_map(self::fromRow(...), $query->fetchAll());
        });
    }

    /** Synthetic orders outside the compared hours are no longer needed. */
    public function dropSyntheticBefore(int $ms): void
    {
        $this->run(static fn (PDO $db) => $db
            ->prepare('DELETE FROM orders WHERE synthetic = TRUE AND accepted_ms < ? LIMIT 1000')
            ->execute([$ms]));
    }

    /** @return array{order: StoredOrder, protected: bool}|null the body that is made under a number */
    private static function held(PDO $db, string $id, string $lock = ''): ?array
    {
        $query = $db->prepare(
            'SELECT ' . self::columns('o') . ', x.id AS outbox_id FROM orders o'
            . " LEFT JOIN outbox x ON x.id = o.id AND x.body_hash = o.body_hash WHERE o.id = ? $lock",
        );
        $query->execute([$id]);
        $row = $query->fetch();
        return $row === false ? null : ['order' => self::fromRow($row), 'protected' => $row['outbox_id'] === null];
    }

    private static function columns(string $table): string
    {
        return implode(', ', array_map(static fn (string $column): string => "$table.$column", self::COLUMNS));
    }

    /** @param 'orders'|'order_conflicts' $table */
    private function insert(PDO $db, StoredOrder $order, string $table = 'orders'): bool
    {
        $columns = implode(', ', self::COLUMNS);
        $query = $db->prepare("INSERT INTO $table ($columns) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id");
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
        } catch (PDOException | ErrorException $error) {
            // A connection reset causes a warning before the exception, with or without TLS; all of PDO's warnings
            // begin with its name, and any other warning is a bug in this application.
            if ($error instanceof ErrorException && !str_starts_with($error->getMessage(), 'PDO')) {
                throw $error;
            }
            // The connection may have an unread answer: the next use opens a new one.
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
