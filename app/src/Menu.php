<?php

declare(strict_types=1);

namespace Cafe;

/** The café's menu. public/index.html shows the same list; a test compares the two. */
final class Menu
{
    /** @var array<string, array{name: string, cents: int}> */
    public const ITEMS = [
        'espresso' => ['name' => 'Espresso', 'cents' => 290],
        'cappuccino' => ['name' => 'Cappuccino', 'cents' => 420],
        'filter' => ['name' => 'Filter coffee', 'cents' => 350],
        'tea' => ['name' => 'Pot of tea', 'cents' => 380],
        'croissant' => ['name' => 'Butter croissant', 'cents' => 340],
        'sandwich' => ['name' => 'Cheese and tomato sandwich', 'cents' => 760],
    ];

    /** @param array<string, int> $quantities */
    public static function totalCents(array $quantities): int
    {
        $total = 0;
        foreach ($quantities as $item => $quantity) {
            $total += self::ITEMS[$item]['cents'] * $quantity;
        }
        return $total;
    }

    public static function price(int $cents): string
    {
        return sprintf('$%d.%02d', intdiv($cents, 100), $cents % 100);
    }
}
