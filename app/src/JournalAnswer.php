<?php

declare(strict_types=1);

namespace Cafe;

/** What a journal replica said to an order. */
enum JournalAnswer
{
    /** It is there now, or was there already with the same body. */
    case Holds;
    /** Not reached, not tried because its breaker is open, or too many are waiting for it. */
    case Unavailable;
}
