<?php

declare(strict_types=1);

namespace Cafe;

use RuntimeException;

/** Neither replica of the sessions could be read: the customer is unknown, and the cookie stays. */
final class SessionsUnavailable extends RuntimeException
{
}
