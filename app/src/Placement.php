<?php

declare(strict_types=1);

namespace Cafe;

/** The result of placing an order. */
enum Placement
{
    /** In this region's MySQL and in the other region: 201. */
    case Confirmed;
    /** In this region; it is sent to the other one as soon as that can be reached: 202. */
    case Received;
    /** The number belongs to another body: 409. */
    case OtherBody;
}
