<?php

declare(strict_types=1);

namespace Cafe;

/**
 * `secret.version`: the version says how new the customer's own view is, so that a cache or a replica
 * that lags behind it is recognised.
 */
final readonly class SessionCookie
{
    private function __construct(public string $secret, public int $version)
    {
    }

    public static function start(): self
    {
        // 256 bits: not to be guessed, whatever the rate.
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
