<?php

declare(strict_types=1);

namespace Cafe\Http;

use RuntimeException;

/** A request that is answered with an error that the client can understand. */
final class Refusal extends RuntimeException
{
    /**
     * @param array<string, string> $fields what is wrong, by field
     * @param array<string, string> $headers
     */
    public function __construct(
        public readonly int $status,
        public readonly string $reason,
        string $message,
        public readonly array $fields = [],
        public readonly array $headers = [],
    ) {
        parent::__construct($message);
    }
}
