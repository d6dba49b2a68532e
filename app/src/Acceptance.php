<?php

declare(strict_types=1);

namespace Cafe;

/** The database's answer to an order. */
enum Acceptance
{
    /** Stored now, with its outbox row. */
    case Stored;
    /** Already stored with the same body, and not known to be in the other region. */
    case StoredBefore;
    /** Already stored with the same body, and in the other region. */
    case Protected;
    /** The number belongs to another body; nothing was stored. */
    case OtherBody;
}
