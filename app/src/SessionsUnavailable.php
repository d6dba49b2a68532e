<?php

declare(strict_types=1);

namespace Cafe;

use RuntimeException;

/** Neither replica of the sessions could be asked: who this is stays unknown, and the cookie stays. */
final class SessionsUnavailable extends RuntimeException
{
}
