<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Runs `bin/probe.php` and ends it when its time is up.
 *
 * A process of its own, because nothing else bounds everything: PDO connects within a timeout but looks
 * up the name without one, and every read of a slow server starts the read timeout anew. A process can
 * simply be killed.
 *
 * @phpstan-type Result array{database: string, redis: string, outboxRows: int|null, outboxOldestMs: int|null, atMs: int}
 */
final readonly class DeepCheck
{
    private const FACT = 'deep-check';

    public function __construct(private Services $services)
    {
    }

    /** @return Result */
    public function run(): array
    {
        if ($this->services->config->orders === null) {
            return self::result(['database' => 'not configured', 'redis' => 'not configured']);
        }
        $recent = $this->recent(Limits::DEEP_CHECK_REUSE_MS);
        if ($recent !== null) {
            return $recent;
        }
        $slot = (new Slots($this->services->state, 'deep-check', Limits::DEEP_CHECKS_AT_ONCE))->take();
        if ($slot === null) {
            // All places taken: what the last check found, if that was within its own time, else unwell.
            return $this->recent(Limits::DEEP_CHECK_MS) ?? self::result([]);
        }
        $result = self::result($this->probe());
        $this->services->state->write(self::FACT, $result);
        return $result;
    }

    /** @return Result|null */
    private function recent(int $maximumAgeMs): ?array
    {
        $kept = $this->services->state->read(self::FACT);
        $atMs = $kept['atMs'] ?? 0;
        return $kept !== null && is_int($atMs) && $atMs > Clock::nowMs() - $maximumAgeMs
            ? self::result($kept)
            : null;
    }

    /** @return array<array-key, mixed> what the probe said before its time was up */
    private function probe(): array
    {
        $deadline = microtime(true) + Limits::DEEP_CHECK_MS / 1000;
        $command = [$this->services->config->phpCommand, __DIR__ . '/../bin/probe.php'];
        $process = @proc_open($command, [1 => ['pipe', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes, null, [
            'CAFE_CONFIG' => getenv('CAFE_CONFIG') ?: Config::DEFAULT_PATH,
            'RES_OPTIONS' => getenv('RES_OPTIONS') ?: '',
        ]);
        if ($process === false) {
            return [];
        }
        stream_set_blocking($pipes[1], false);
        $said = '';
        while (!feof($pipes[1]) && ($left = $deadline - microtime(true)) > 0) {
            $read = [$pipes[1]];
            $none = null;
            if (@stream_select($read, $none, $none, 0, (int) ($left * 1_000_000)) > 0) {
                $said .= fread($pipes[1], 8192);
            }
        }
        proc_terminate($process, 9);
        $facts = [];
        foreach (explode("\n", $said) as $line) {
            $more = json_decode($line, true);
            $facts += is_array($more) ? $more : [];
        }
        return $facts;
    }

    /**
     * @param array<array-key, mixed> $facts
     * @return Result
     */
    private static function result(array $facts): array
    {
        $text = static fn (mixed $value): string => is_string($value) ? $value : 'no answer';
        $number = static fn (mixed $value): ?int => is_int($value) ? $value : null;
        return [
            'database' => $text($facts['database'] ?? null),
            'redis' => $text($facts['redis'] ?? null),
            'outboxRows' => $number($facts['outboxRows'] ?? null),
            'outboxOldestMs' => $number($facts['outboxOldestMs'] ?? null),
            'atMs' => $number($facts['atMs'] ?? null) ?? Clock::nowMs(),
        ];
    }
}
