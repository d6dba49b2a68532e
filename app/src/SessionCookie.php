<?php

declare(strict_types=1);

namespace Cafe;

/**
 * `secret.version`: the version is the newest that the customer has seen, so that a stale cache or
 * replica is recognised.
 */
final readonly class SessionCookie
{
    private function __construct(public string $secret, public int $version)
    {
    }

    public static function start(): self
    {
        // 256 bits cannot be guessed at any rate.
        return new self(bin2hex(random_bytes(32)), 1);
    }

    public static function parse(string $value): ?self
    {
        return preg_match('/^([0-9a-f]{64})\.([1-9][0-9]{0,8})$/D', $value, $part) === 1
            ? new self($part[1], (int) $part[2])
            : null;
    }

    public function at(int $version): self
    {
        return new self($this->secret, $version);
    }

    public function key(): string
    {
        return hash('sha256', $this->secret);
    }

    public function __toString(): string
    {
        return "$this->secret.$this->version";
    }
}
