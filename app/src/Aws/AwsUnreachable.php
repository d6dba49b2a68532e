<?php

declare(strict_types=1);

namespace Cafe\Aws;

use RuntimeException;

/** No answer in time, or no credentials to sign with. */
final class AwsUnreachable extends RuntimeException
{
}
