<?php

declare(strict_types=1);

namespace Cafe;

use Throwable;

/** One JSON line per event that an operator may need; never a customer's text, address or number. */
final class Log
{
    /** @param array<string, scalar|null> $facts */
    public static function event(string $event, array $facts = []): void
    {
        error_log(json_encode(['event' => $event] + $facts, JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_UNESCAPED_SLASHES) ?: $event);
    }

    /** @param array<string, scalar|null> $facts */
    public static function failure(string $event, Throwable $error, array $facts = []): void
    {
        self::event($event, $facts + [
            'error' => $error::class,
            'message' => substr($error->getMessage(), 0, 300),
            'at' => basename($error->getFile()) . ':' . $error->getLine(),
        ]);
    }
}
