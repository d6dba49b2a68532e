<?php

declare(strict_types=1);

namespace Cafe;

/** Wall-clock time in whole milliseconds since 1970, as stored and compared everywhere. */
final class Clock
{
    public static function nowMs(): int
    {
        return (int) floor(microtime(true) * 1000);
    }
}
