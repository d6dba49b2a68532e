<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\Table;

/**
 * One replica of the sessions table.
 *
 * A logout is a separate item, `ended#…`, that nothing overwrites: the last writer wins between regions,
 * so a concurrent update could overwrite a mark inside the session.
 */
final readonly class SessionTable
{
    public function __construct(private Table $table)
    {
    }

    public function hasEnded(string $key): bool
    {
        return $this->table->item(['id' => ['S' => "ended#$key"]]) !== null;
    }

    public function find(string $key): ?Session
    {
        $item = $this->table->item(['id' => ['S' => "session#$key"]]);
        return $item === null ? null : Session::fromJson($key, (int) $item['version']['N'], $item['data']['S']);
    }

    /** Writes a session unless a newer version exists. */
    public function save(Session $session): void
    {
        $this->table->callIf('PutItem', [
            'Item' => [
                'id' => ['S' => "session#$session->key"],
                'version' => ['N' => (string) $session->version],
                'data' => ['S' => $session->toJson()],
                'expiresAt' => ['N' => (string) $session->expiresAtSeconds],
            ],
            'ConditionExpression' => 'attribute_not_exists(id) OR version < :version',
            'ExpressionAttributeValues' => [':version' => ['N' => (string) $session->version]],
        ]);
    }

    /** Ends a session for good. The mark outlives every session that it could belong to. */
    public function end(string $key, int $nowSeconds): void
    {
        $this->table->call('PutItem', [
            'Item' => [
                'id' => ['S' => "ended#$key"],
                'expiresAt' => ['N' => (string) ($nowSeconds + 2 * Limits::SESSION_SECONDS)],
            ],
        ]);
    }
}
