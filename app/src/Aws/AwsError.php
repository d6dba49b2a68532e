<?php

declare(strict_types=1);

namespace Cafe\Aws;

use RuntimeException;

/** The service answered, and said no. */
final class AwsError extends RuntimeException
{
    /** @param array<array-key, mixed> $body */
    public function __construct(
        public readonly string $type,
        public readonly int $httpStatus,
        public readonly array $body,
    ) {
        parent::__construct("$type ($httpStatus)");
    }

    /** Whether the service itself is in trouble (and not the request wrong): the breaker counts these. */
    public function isServiceTrouble(): bool
    {
        return $this->httpStatus >= 500
            || in_array($this->type, ['ThrottlingException', 'ProvisionedThroughputExceededException'], true);
    }
}
