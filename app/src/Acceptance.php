<?php

declare(strict_types=1);

namespace Cafe;

/** What the database said to an order. */
enum Acceptance
{
    /** Stored now, with its outbox row. */
    case Stored;
    /** Here already with the same body, and not known to be at the other region. */
    case StoredBefore;
    /** Here already with the same body, and at the other region. */
    case Protected;
    /** The number belongs to another body; nothing was stored. */
    case OtherBody;
}
