<?php

declare(strict_types=1);

namespace Cafe;

/** A journal replica's answer to an order. */
enum JournalAnswer
{
    /** It is stored, now or already before with the same body. */
    case Holds;
    /** Not reached, not tried because its breaker is open, or too many requests wait for it. */
    case Unavailable;
}
