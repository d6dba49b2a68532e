<?php

declare(strict_types=1);

namespace Cafe;

/**
 * One order as the customer sent it, validated and in one canonical form.
 *
 * Two requests with the same body are the same order: the same content gives the same bytes, whether it
 * came as JSON or as a form. Prices are not part of it, so that two releases agree about an order.
 */
final readonly class Order
{
    public string $hash;

    private function __construct(
        /** UUID from the client, lower case. */
        public string $id,
        /** Canonical JSON: name, phone, note, items in the menu's order, synthetic. */
        public string $body,
        public int $totalCents,
        public bool $synthetic,
    ) {
        $this->hash = hash('sha256', $body);
    }

    /**
     * @param array<array-key, mixed> $input decoded JSON or form
     * @param array<string, string> $faults filled with one message per wrong field
     */
    public static function fromInput(array $input, array &$faults): ?self
    {
        $faults = [];
        $id = self::id($input['id'] ?? null);
        if ($id === null) {
            $faults['id'] = 'must be a UUID such as 3f0c0a52-8f0e-4b3c-9a54-0d8a5f1c2b7e';
        }
        $name = self::line($input, 'name', Limits::NAME_CHARACTERS, true, $faults);
        $phone = self::line($input, 'phone', Limits::PHONE_CHARACTERS, false, $faults);
        if ($phone !== '' && preg_match('/^\+?[0-9 ().\/-]{5,}$/', $phone) !== 1) {
            $faults['phone'] = 'must be a phone number, or be left out';
        }
        $note = self::line($input, 'note', Limits::NOTE_CHARACTERS, false, $faults);
        $quantities = self::quantities($input['items'] ?? null, $faults);
        $synthetic = $input['synthetic'] ?? false;
        if (!is_bool($synthetic)) {
            $faults['synthetic'] = 'must be true or false';
        }
        foreach (array_diff(array_keys($input), self::FIELDS) as $unknown) {
            $faults[self::shown((string) $unknown)] = 'is not a field of an order';
        }
        if ($faults !== [] || $id === null || !is_bool($synthetic)) {
            return null;
        }
        $body = self::canonical($name, $phone, $note, $quantities, $synthetic);
        return new self($id, $body, Menu::totalCents($quantities), $synthetic);
    }

    private const FIELDS = ['id', 'name', 'phone', 'note', 'items', 'synthetic', 'remember'];

    /** A canonical UUID of any version except nil, in lower case; null for other values. */
    public static function id(mixed $value): ?string
    {
        $pattern = '/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/D';
        $id = is_string($value) ? strtolower($value) : '';
        return preg_match($pattern, $id) === 1 ? $id : null;
    }

    /** @param array<string, int> $quantities */
    private static function canonical(
        string $name,
        string $phone,
        string $note,
        array $quantities,
        bool $synthetic,
    ): string {
        return json_encode(
            compact('name', 'phone', 'note') + ['items' => $quantities, 'synthetic' => $synthetic],
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES,
        );
    }

    /**
     * @param array<array-key, mixed> $input
     * @param array<string, string> $faults
     */
    private static function line(array $input, string $field, int $most, bool $needed, array &$faults): string
    {
        $value = $input[$field] ?? '';
        // Control characters do not belong in a line of text, and a printer might interpret them.
        if (!is_string($value) || !mb_check_encoding($value, 'UTF-8') || preg_match('/\p{Cc}/u', $value) !== 0) {
            $faults[$field] = 'must be one line of text';
            return '';
        }
        $value = Text::trimmed($value);
        if (mb_strlen($value) > $most) {
            $faults[$field] = "must be at most $most characters long";
        } elseif ($needed && !Text::isVisible($value)) {
            $faults[$field] = 'must not be empty';
        }
        return $value;
    }

    /**
     * @param array<string, string> $faults
     * @return array<string, int> in the menu's order, without zeros
     */
    private static function quantities(mixed $items, array &$faults): array
    {
        if (!is_array($items)) {
            $faults['items'] = 'must name what you would like';
            return [];
        }
        foreach (array_diff(array_keys($items), array_keys(Menu::ITEMS)) as $unknown) {
            $faults['items.' . self::shown((string) $unknown)] = 'is not on the menu';
        }
        $quantities = [];
        foreach (array_keys(Menu::ITEMS) as $item) {
            $quantity = self::quantity($items[$item] ?? 0);
            if ($quantity === null) {
                $faults["items.$item"] = 'must be a whole number from 0 to ' . Limits::QUANTITY_PER_ITEM;
            } elseif ($quantity > 0) {
                $quantities[$item] = $quantity;
            }
        }
        if ($quantities === [] && $faults === []) {
            $faults['items'] = 'must have at least one item';
        }
        return $quantities;
    }

    /** A form sends digits, or an empty text for none; JSON sends a number. */
    private static function quantity(mixed $value): ?int
    {
        if (is_string($value)) {
            $value = $value === '' ? 0 : (ctype_digit($value) && strlen($value) < 4 ? (int) $value : -1);
        }
        return is_int($value) && $value >= 0 && $value <= Limits::QUANTITY_PER_ITEM ? $value : null;
    }

    /** An unknown key in a form that is safe to repeat in an answer: short and plain. */
    private static function shown(string $key): string
    {
        return preg_match('/^[A-Za-z0-9_.-]{1,40}$/D', $key) === 1 ? $key : '(unreadable key)';
    }
}
