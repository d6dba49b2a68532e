<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Small facts shared by all workers of an instance: files on a tmpfs, lost at a reboot.
 *
 * Files and not a memory extension, because the distribution has none that two pools and the drain could
 * share, and because the kernel frees the lock of a killed process.
 */
final readonly class StateDirectory
{
    public function __construct(private string $path)
    {
    }

    /** @return array<array-key, mixed>|null null if it is missing or unreadable */
    public function read(string $name): ?array
    {
        $text = @file_get_contents("$this->path/$name.json");
        $data = $text === false ? null : json_decode($text, true);
        return is_array($data) ? $data : null;
    }

    /**
     * Replaces a whole fact atomically, so that a reader never sees half of one.
     *
     * @param array<array-key, mixed> $data
     */
    public function write(string $name, array $data): void
    {
        $temporary = "$this->path/$name.json." . getmypid();
        // A failure to write a fact must not fail an order: the fact is then unknown, which all readers handle.
        if (@file_put_contents($temporary, json_encode($data, JSON_THROW_ON_ERROR)) !== false) {
            @chmod($temporary, 0600);
            @rename($temporary, "$this->path/$name.json");
        }
    }

    /** Records that something happened now, unless a recent record exists. */
    public function note(string $name, int $atMostEveryMs): void
    {
        $nowMs = Clock::nowMs();
        if (($this->read($name)['atMs'] ?? 0) <= $nowMs - $atMostEveryMs) {
            $this->write($name, ['atMs' => $nowMs]);
        }
    }

    public function remove(string $name): void
    {
        @unlink("$this->path/$name.json");
    }

    /**
     * A lock that ends with the returned handle or with the process; null if another process has it.
     * Never waits: a stopped process may keep a lock for ever.
     *
     * @return resource|null
     */
    public function tryLock(string $name)
    {
        $file = @fopen("$this->path/$name.lock", 'c');
        return $file !== false && flock($file, LOCK_EX | LOCK_NB) ? $file : null;
    }
}
