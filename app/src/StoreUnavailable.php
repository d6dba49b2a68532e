<?php

declare(strict_types=1);

namespace Cafe;

use RuntimeException;

/** The region's database cannot be used at present. */
final class StoreUnavailable extends RuntimeException
{
}
