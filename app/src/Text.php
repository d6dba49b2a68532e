<?php

declare(strict_types=1);

namespace Cafe;

/** What counts as nothing in a line of text: more than ASCII's blank. */
final class Text
{
    /** Without blanks of any script at its ends. */
    public static function trimmed(string $value): string
    {
        return preg_replace('/^[\s\p{Z}]+|[\s\p{Z}]+$/u', '', $value) ?? '';
    }

    /** Whether there is anything to see: blanks, direction marks and other invisible characters are nothing. */
    public static function isVisible(string $value): bool
    {
        return preg_match('/[^\s\p{Z}\p{C}]/u', $value) === 1;
    }
}
