<?php

declare(strict_types=1);

namespace Cafe;

/** A customer who asked to be remembered: the values for the next order. */
final readonly class Session
{
    public function __construct(
        /** Hash of the cookie's secret: a reader of the table cannot impersonate the customer. */
        public string $key,
        public int $version,
        public string $name,
        public string $phone,
        public int $expiresAtSeconds,
    ) {
    }

    public function toJson(): string
    {
        return json_encode(
            ['name' => $this->name, 'phone' => $this->phone, 'expires' => $this->expiresAtSeconds],
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE,
        );
    }

    public static function fromJson(string $key, int $version, string $json): ?self
    {
        $data = json_decode($json, true);
        return is_array($data) && is_string($data['name'] ?? null) && is_string($data['phone'] ?? null)
            && is_int($data['expires'] ?? null)
            ? new self($key, $version, $data['name'], $data['phone'], $data['expires'])
            : null;
    }
}
