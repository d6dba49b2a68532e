<?php

declare(strict_types=1);

namespace Cafe\Aws;

use RuntimeException;

/** The service answered with an error. */
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

    /** Whether the service itself is at fault and not the request: the breaker counts these errors. */
    public function isServiceTrouble(): bool
    {
        return $this->httpStatus >= 500
            || in_array($this->type, ['ThrottlingException', 'ProvisionedThroughputExceededException'], true);
    }
}
