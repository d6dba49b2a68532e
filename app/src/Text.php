<?php

declare(strict_types=1);

namespace Cafe;

/** Blank characters in a line of text: more than ASCII's space. */
final class Text
{
    /** Removes blanks of any script from both ends. */
    public static function trimmed(string $value): string
    {
        return preg_replace('/^[\s\p{Z}]+|[\s\p{Z}]+$/u', '', $value) ?? '';
    }

    /** Whether any character is visible: blanks, direction marks and other invisible characters are not. */
    public static function isVisible(string $value): bool
    {
        return preg_match('/[^\s\p{Z}\p{C}]/u', $value) === 1;
    }
}
