<?php

declare(strict_types=1);

namespace Cafe\Aws;

use RuntimeException;

/** No answer within the time allowed, or nobody to sign as. */
final class AwsUnreachable extends RuntimeException
{
}
