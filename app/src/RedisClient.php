<?php

declare(strict_types=1);

namespace Cafe;

use RuntimeException;

/**
 * The few Redis commands that the cache needs, over TLS, all within one deadline.
 *
 * It is not a library, because the distribution packages no Redis extension, and because only a deadline
 * for a whole exchange limits a server that accepts and then hangs. Each connection is used once, so
 * that after a timeout no request can read the answer to another.
 */
final class RedisClient
{
    /** Sets a value unless the cached version is newer: an old write never overwrites a new one. */
    private const SET_NEWER = <<<'LUA'
        local held = redis.call('HGET', KEYS[1], 'version')
        if held and tonumber(held) > tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], 'version', ARGV[1], 'data', ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return 1
        LUA;

    /** @var resource|null */
    private $stream = null;
    private float $deadline = 0.0;

    public function __construct(private readonly OrdersConfig $config, private readonly int $timeoutMs)
    {
    }

    public function ping(): void
    {
        $this->converse(['PING']);
    }

    /** @return array{version: int, data: string}|null */
    public function get(string $key): ?array
    {
        $values = $this->converse(['HMGET', $key, 'version', 'data']);
        return is_array($values) && is_string($values[0] ?? null) && is_string($values[1] ?? null)
            ? ['version' => (int) $values[0], 'data' => $values[1]]
            : null;
    }

    public function setNewer(string $key, int $version, string $data, int $seconds): void
    {
        $this->converse(['EVAL', self::SET_NEWER, '1', $key, (string) $version, $data, (string) $seconds]);
    }

    public function delete(string $key): void
    {
        $this->converse(['DEL', $key]);
    }

    /** @param list<string> $command */
    private function converse(array $command): mixed
    {
        $this->deadline = microtime(true) + $this->timeoutMs / 1000;
        try {
            $this->open();
            $request = '*' . count($command) . "\r\n";
            foreach ($command as $word) {
                $request .= '$' . strlen($word) . "\r\n$word\r\n";
            }
            $this->write($request);
            return $this->reply();
        } finally {
            if ($this->stream !== null) {
                fclose($this->stream);
                $this->stream = null;
            }
        }
    }

    private function open(): void
    {
        $host = $this->config->redisHost;
        $tls = ['peer_name' => $host, 'verify_peer' => true, 'verify_peer_name' => true];
        if ($this->config->redisCaFile !== '') {
            $tls['cafile'] = $this->config->redisCaFile;
        }
        $stream = @stream_socket_client(
            "tcp://$host:{$this->config->redisPort}",
            $code,
            $message,
            $this->left(),
            STREAM_CLIENT_CONNECT,
            stream_context_create(['ssl' => $tls]),
        );
        if ($stream === false) {
            throw new RuntimeException("redis: cannot connect: $message");
        }
        $this->stream = $stream;
        stream_set_blocking($stream, false);
        while ($this->config->redisTls) {
            // Non-blocking, because PHP's blocking handshake ignores every timeout except its default of 60 s.
            $done = @stream_socket_enable_crypto($stream, true, STREAM_CRYPTO_METHOD_TLS_CLIENT);
            if ($done === true) {
                break;
            }
            if ($done === false) {
                throw new RuntimeException('redis: TLS was refused');
            }
            $this->await($stream);
        }
    }

    private function write(string $bytes): void
    {
        $stream = $this->stream ?? throw new RuntimeException('redis: not connected');
        while ($bytes !== '') {
            $written = @fwrite($stream, $bytes);
            if ($written === false) {
                throw new RuntimeException('redis: connection lost');
            }
            $bytes = substr($bytes, $written);
            if ($bytes !== '') {
                $this->left();
                usleep(1000);
            }
        }
    }

    private function reply(): mixed
    {
        $line = $this->line();
        $rest = substr($line, 1);
        return match ($line[0] ?? '') {
            '+' => $rest,
            ':' => (int) $rest,
            '$' => $rest === '-1' ? null : substr($this->bytes((int) $rest + 2), 0, -2),
            '*' => array_map(fn (): mixed => $this->reply(), (int) $rest > 0 ? range(1, (int) $rest) : []),
            default => throw new RuntimeException('redis: ' . substr($rest, 0, 100)),
        };
    }

    private string $buffer = '';

    private function line(): string
    {
        while (($end = strpos($this->buffer, "\r\n")) === false) {
            $this->fill();
        }
        $line = substr($this->buffer, 0, $end);
        $this->buffer = substr($this->buffer, $end + 2);
        return $line;
    }

    private function bytes(int $count): string
    {
        while (strlen($this->buffer) < $count) {
            $this->fill();
        }
        $bytes = substr($this->buffer, 0, $count);
        $this->buffer = substr($this->buffer, $count);
        return $bytes;
    }

    private function fill(): void
    {
        $stream = $this->stream ?? throw new RuntimeException('redis: not connected');
        $chunk = @fread($stream, 8192);
        if ($chunk === false || ($chunk === '' && feof($stream))) {
            throw new RuntimeException('redis: connection lost');
        }
        if ($chunk === '') {
            $this->await($stream);
        }
        $this->buffer .= $chunk;
    }

    /** @param resource $stream */
    private function await($stream): void
    {
        $read = [$stream];
        $none = null;
        $left = (int) ceil($this->left() * 1_000_000);
        if (@stream_select($read, $none, $none, 0, $left) === 0) {
            throw new RuntimeException("redis: no answer within $this->timeoutMs ms");
        }
    }

    private function left(): float
    {
        $left = $this->deadline - microtime(true);
        return $left > 0 ? $left : throw new RuntimeException("redis: no answer within $this->timeoutMs ms");
    }
}
