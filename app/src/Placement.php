<?php

declare(strict_types=1);

namespace Cafe;

/** What becomes of an order that a customer placed. */
enum Placement
{
    /** In this region's MySQL and at the other region: 201. */
    case Confirmed;
    /** In this region; it reaches the other one as soon as that can be reached: 202. */
    case Received;
    /** The number has another body: 409. */
    case OtherBody;
}
