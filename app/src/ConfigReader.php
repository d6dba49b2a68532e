<?php

declare(strict_types=1);

namespace Cafe;

/** Reads one level of the configuration and collects its faults, each with its path. */
final class ConfigReader
{
    /** @var list<string> shared by all sections of one configuration */
    private array $faults = [];

    /** @param array<array-key, mixed> $data */
    public function __construct(private readonly array $data, private readonly string $path = '', ?self $root = null)
    {
        if ($root !== null) {
            $this->faults = &$root->faults;
        }
    }

    public function section(string $key): self
    {
        $value = $this->data[$key] ?? null;
        if (!is_array($value)) {
            $this->fault($key, 'must be an object');
            $value = [];
        }
        return new self($value, "$this->path$key.", $this);
    }

    public function text(string $key, ?string $default = null): string
    {
        $value = $this->data[$key] ?? $default;
        if (!is_string($value) || ($value === '' && $default !== '')) {
            $this->fault($key, 'must be a text that is not empty');
            return '';
        }
        return $value;
    }

    public function number(string $key, int $default): int
    {
        $value = $this->data[$key] ?? $default;
        if (!is_int($value) || $value < 1 || $value > 65535) {
            $this->fault($key, 'must be a port from 1 to 65535');
            return $default;
        }
        return $value;
    }

    /** A flag has no default: TLS must be set on or off, never guessed. */
    public function flag(string $key): bool
    {
        $value = $this->data[$key] ?? null;
        if (!is_bool($value)) {
            $this->fault($key, 'must be true or false');
            return false;
        }
        return $value;
    }

    /** @return array<string, string> */
    public function texts(): array
    {
        $texts = [];
        foreach (array_keys($this->data) as $key) {
            $texts[(string) $key] = $this->text((string) $key);
        }
        return $texts;
    }

    public function throwFaults(): void
    {
        if ($this->faults !== []) {
            throw new ConfigError(implode("\n", $this->faults));
        }
    }

    private function fault(string $key, string $wrong): void
    {
        // The value is not repeated: it may be a password in the wrong place.
        $this->faults[] = "$this->path$key: $wrong, got " . get_debug_type($this->data[$key] ?? null);
    }
}
