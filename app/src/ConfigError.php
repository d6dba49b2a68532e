<?php

declare(strict_types=1);

namespace Cafe;

use RuntimeException;

/** A configuration that cannot be used; the message has one line per fault, each with its path. */
final class ConfigError extends RuntimeException
{
}
