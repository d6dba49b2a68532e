<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\AwsError;
use Cafe\Aws\AwsUnreachable;
use Cafe\Aws\Table;
use Closure;

/**
 * One replica of the order journal: a DynamoDB table whose key is the order's number and its body's hash.
 *
 * Both regions write to it concurrently and the last writer of a key wins. Two bodies under one number are two keys,
 * so that neither overwrites the other; a query for the number finds both (docs/adr/0010).
 *
 * An item that may be missing in a region's MySQL has that region's name in `undrainedRegion`, the hash
 * key of the sparse index `undrained`: a drain reads exactly the remaining items, the oldest first, however
 * late they are replicated.
 */
final readonly class Journal
{
    public const INDEX = 'undrained';

    public function __construct(private Table $table, private ?Slots $slots = null)
    {
    }

    /** Adds a body, once. `$undrainedRegion` is the region that has yet to store it. */
    public function put(StoredOrder $order, string $undrainedRegion): JournalAnswer
    {
        $slot = $this->slots?->take(Limits::JOURNAL_SLOT_WAIT_MS);
        if ($this->slots !== null && $slot === null) {
            return JournalAnswer::Unavailable;
        }
        try {
            // The condition is on this exact body: a drained body is not put on the list again.
            $this->table->callIf('PutItem', [
                'Item' => self::item($order, $undrainedRegion),
                'ConditionExpression' => 'attribute_not_exists(id)',
            ]);
        } catch (AwsUnreachable) {
            return JournalAnswer::Unavailable;
        } catch (AwsError $error) {
            Log::failure('journal_refused', $error);
            return JournalAnswer::Unavailable;
        }
        return JournalAnswer::Holds;
    }

    /** Gives a body to the other region's drain again. */
    public function republish(StoredOrder $order, string $undrainedRegion): void
    {
        $this->table->call('PutItem', ['Item' => self::item($order, $undrainedRegion)]);
    }

    /** @return list<StoredOrder> the bodies under a number, the one to make first */
    public function bodies(string $id): array
    {
        return $this->askForBodies($id)();
    }

    /**
     * The same in two steps: sends the query, and returns a closure that waits for the answer.
     *
     * @return Closure(): list<StoredOrder>
     */
    public function askForBodies(string $id): Closure
    {
        $answer = $this->table->begin('Query', [
            'KeyConditionExpression' => 'id = :id',
            'ExpressionAttributeValues' => [':id' => ['S' => $id]],
            'ConsistentRead' => true,
        ]);
        return static function () use ($answer): array {
            $orders = self::orders($answer());
            usort($orders, static fn (StoredOrder $a, StoredOrder $b): int => $a->precedes($b) ? -1 : 1);
            return $orders;
        };
    }

    /** @return list<StoredOrder> orders that a region has yet to store, the oldest first */
    public function undrained(string $region, int $limit): array
    {
        $answer = $this->table->call('Query', [
            'IndexName' => self::INDEX,
            'KeyConditionExpression' => 'undrainedRegion = :region',
            'ExpressionAttributeValues' => [':region' => ['S' => $region]],
            'Limit' => $limit,
        ]);
        return self::orders($answer);
    }

    /** Removes a body from a region's list; it expires once no backup can need it. */
    public function drained(StoredOrder $order, string $region, int $nowMs): void
    {
        $this->table->callIf('UpdateItem', [
            'Key' => ['id' => ['S' => $order->id], 'bodyHash' => ['S' => $order->hash]],
            'UpdateExpression' => 'SET expiresAt = :expires REMOVE undrainedRegion',
            // Removes only this region's mark: a concurrent write may have set the other's.
            'ConditionExpression' => 'undrainedRegion = :region',
            'ExpressionAttributeValues' => [
                ':region' => ['S' => $region],
                ':expires' => ['N' => (string) (intdiv($nowMs, 1000) + Limits::JOURNAL_KEPT_SECONDS)],
            ],
        ]);
    }

    public function publishSummary(string $region, HourSummary $summary): void
    {
        $this->table->call('PutItem', [
            'Item' => self::summaryKey($region) + ['summary' => ['S' => $summary->toJson()]],
        ]);
    }

    public function summary(string $region): ?HourSummary
    {
        $item = $this->table->item(self::summaryKey($region)) ?? [];
        return HourSummary::fromJson($item['summary']['S'] ?? '');
    }

    /** @return array<string, array<string, string>> */
    private static function summaryKey(string $region): array
    {
        return ['id' => ['S' => "summary#$region"], 'bodyHash' => ['S' => '-']];
    }

    /**
     * @param array<array-key, mixed> $answer to a query
     * @return list<StoredOrder>
     */
    private static function orders(array $answer): array
    {
        return array_values(array_filter(array_map(self::order(...), $answer['Items'] ?? [])));
    }

    /** @return array<string, array<string, string|bool>> */
    private static function item(StoredOrder $order, string $undrainedRegion): array
    {
        return [
            'id' => ['S' => $order->id],
            'body' => ['S' => $order->body],
            'bodyHash' => ['S' => $order->hash],
            'totalCents' => ['N' => (string) $order->totalCents],
            'synthetic' => ['BOOL' => $order->synthetic],
            'acceptedRegion' => ['S' => $order->region],
            'acceptedMs' => ['N' => (string) $order->acceptedMs],
            'undrainedRegion' => ['S' => $undrainedRegion],
        ];
    }

    /** @param array<string, array<string, mixed>> $item */
    private static function order(array $item): ?StoredOrder
    {
        $body = $item['body']['S'] ?? null;
        $hash = $item['bodyHash']['S'] ?? null;
        // An order whose body does not match its hash must not be made; it stays, and its age raises the alarm.
        if (!is_string($body) || hash('sha256', $body) !== $hash) {
            Log::event('journal_item_damaged', ['id' => $item['id']['S'] ?? null]);
            return null;
        }
        return new StoredOrder(
            $item['id']['S'],
            $body,
            $hash,
            (int) $item['totalCents']['N'],
            $item['synthetic']['BOOL'],
            $item['acceptedRegion']['S'],
            (int) $item['acceptedMs']['N'],
        );
    }
}
