<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Clock;
use LogicException;

/**
 * A connection that outlives the request: PHP-FPM keeps it with the worker. A new connection costs more than an
 * order: two round trips, and reading all certificate authorities.
 *
 * An abandoned answer must not be read as the answer to the next request: a connection with an unfinished exchange
 * is closed, at the latest when PHP ends the request, for whatever reason.
 */
final class Connection
{
    private const CHUNK_BYTES = 16384;
    private const TLS = STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT | STREAM_CRYPTO_METHOD_TLSv1_3_CLIENT;

    /** @var array<string, self> by address, while they are in use */
    private static array $inUse = [];
    private static bool $isWatched = false;

    /** @param resource $stream */
    private function __construct(private readonly string $address, private $stream, public readonly bool $isNew)
    {
    }

    /**
     * The worker's connection to an origin such as https://dynamodb.us-west-2.amazonaws.com.
     *
     * @throws AwsUnreachable
     */
    public static function to(string $origin, int $endsMs): self
    {
        $url = parse_url($origin);
        $isTls = ($url['scheme'] ?? '') === 'https';
        $host = $url['host'] ?? '';
        $address = "tcp://$host:" . ($url['port'] ?? ($isTls ? 443 : 80));
        if (isset(self::$inUse[$address])) {
            throw new LogicException("$address: an exchange is under way; end it before the next one");
        }
        $stream = @stream_socket_client(
            $address,
            $code,
            $message,
            self::secondsUntil($endsMs),
            STREAM_CLIENT_CONNECT | STREAM_CLIENT_PERSISTENT,
            stream_context_create(['ssl' => ['peer_name' => $host], 'socket' => ['tcp_nodelay' => true]]),
        );
        if ($stream === false) {
            throw new AwsUnreachable("no connection: $message");
        }
        // A used connection has a position; PHP has already checked whether the other side has closed it.
        $connection = new self($address, $stream, ftell($stream) === 0);
        if (!self::$isWatched) {
            register_shutdown_function(self::closeAll(...));
            self::$isWatched = true;
        }
        self::$inUse[$address] = $connection;
        stream_set_blocking($stream, false);
        if ($isTls && !isset(stream_get_meta_data($stream)['crypto'])) {
            $connection->startTls($endsMs);
        }
        return $connection;
    }

    /** @throws AwsUnreachable */
    public function write(string $bytes, int $endsMs): void
    {
        while ($bytes !== '') {
            $written = @fwrite($this->stream, $bytes);
            if ($written === false) {
                $this->fail('the connection broke');
            }
            $bytes = substr($bytes, $written);
            if ($bytes !== '') {
                $this->wait($endsMs, true);
            }
        }
    }

    /** @return string the received bytes; empty if the other side has closed. @throws AwsUnreachable */
    public function read(int $endsMs): string
    {
        for (;;) {
            // Read before waiting: TLS may have buffered bytes that the socket no longer reports.
            $bytes = @fread($this->stream, self::CHUNK_BYTES);
            if ($bytes !== '' && $bytes !== false) {
                return $bytes;
            }
            if ($bytes === false || stream_get_meta_data($this->stream)['eof']) {
                return '';
            }
            $this->wait($endsMs);
        }
    }

    /** Keeps it for the next exchange. */
    public function keep(): void
    {
        unset(self::$inUse[$this->address]);
    }

    public function close(): void
    {
        if (is_resource($this->stream)) {
            unset(self::$inUse[$this->address]);
            @fclose($this->stream);
        }
    }

    /** @throws AwsUnreachable always */
    public function fail(string $message): never
    {
        $this->close();
        throw new AwsUnreachable($message);
    }

    private static function closeAll(): void
    {
        foreach (self::$inUse as $connection) {
            $connection->close();
        }
    }

    private function startTls(int $endsMs): void
    {
        do {
            $done = @stream_socket_enable_crypto($this->stream, true, self::TLS);
            if ($done === false) {
                $this->fail('no TLS: ' . (error_get_last()['message'] ?? 'closed'));
            }
            if ($done === 0) {
                $this->wait($endsMs);
            }
        } while ($done !== true);
    }

    private function wait(int $endsMs, bool $toWrite = false): void
    {
        $read = $toWrite ? [] : [$this->stream];
        $write = $toWrite ? [$this->stream] : [];
        $except = [];
        if (@stream_select($read, $write, $except, 0, (int) (self::secondsUntil($endsMs) * 1_000_000)) !== 1) {
            $this->fail('no answer in time');
        }
    }

    private static function secondsUntil(int $endsMs): float
    {
        return max(0, $endsMs - Clock::nowMs()) / 1000;
    }
}
