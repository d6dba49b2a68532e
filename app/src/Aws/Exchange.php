<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Clock;

/**
 * One HTTP/1.1 exchange with one deadline: name lookup, connect, TLS, request and answer within some milliseconds.
 * Between `begin` and `answer` the caller may do something else.
 *
 * A kept connection may have been closed at any time: if no byte of the answer arrives, the request is sent once
 * more on a new connection, as every HTTP client does. The application's calls may be repeated.
 */
final class Exchange
{
    private Connection $connection;
    private bool $isOver = false;

    private function __construct(private readonly string $origin, private readonly string $request, private readonly int $endsMs)
    {
        $this->send();
    }

    public function __destruct()
    {
        if (!$this->isOver) {
            $this->connection->close();
        }
    }

    /**
     * @param array<string, string> $headers
     * @throws AwsUnreachable
     */
    public static function begin(string $method, string $url, array $headers, string $body, int $ms): self
    {
        [$origin, $path] = preg_split('#(?<![/:])(?=/)|$#', $url, 2) + [1 => ''];
        $head = "$method " . ($path === '' ? '/' : $path) . " HTTP/1.1\r\n";
        foreach (['host' => self::host($origin), 'content-length' => (string) strlen($body)] + $headers as $name => $value) {
            $head .= "$name: $value\r\n";
        }
        return new self($origin, "$head\r\n$body", Clock::nowMs() + $ms);
    }

    /** The value of the host header, which a signature covers. */
    public static function host(string $origin): string
    {
        return (string) preg_replace('#^https?://#', '', $origin);
    }

    /**
     * @return array{int, string} status and body
     * @throws AwsUnreachable
     */
    public function answer(): array
    {
        $text = $this->connection->read($this->endsMs);
        if ($text === '' && !$this->connection->isNew) {
            $this->connection->close();
            $this->send();
            $text = $this->connection->read($this->endsMs);
        }
        while (($end = strpos($text, "\r\n\r\n")) === false) {
            $text .= $this->more();
        }
        $head = substr($text, 0, $end);
        $body = substr($text, $end + 4);
        if (preg_match('#^HTTP/1\.1 (\d{3}) #', $head, $status) !== 1) {
            $this->connection->fail('the answer is not HTTP');
        }
        // AWS sends the length of every answer; an answer without it comes from a host in between.
        if (preg_match('/^content-length: *(\d+)\r?$/im', $head, $length) !== 1) {
            $this->connection->fail('the answer has no length');
        }
        while (strlen($body) < (int) $length[1]) {
            $body .= $this->more();
        }
        $this->isOver = true;
        $mayStay = strlen($body) === (int) $length[1] && preg_match('/^connection: *close\r?$/im', $head) !== 1;
        $mayStay ? $this->connection->keep() : $this->connection->close();
        return [(int) $status[1], substr($body, 0, (int) $length[1])];
    }

    private function send(): void
    {
        $this->connection = Connection::to($this->origin, $this->endsMs);
        $this->connection->write($this->request, $this->endsMs);
    }

    private function more(): string
    {
        $bytes = $this->connection->read($this->endsMs);
        return $bytes === '' ? $this->connection->fail('the answer broke off') : $bytes;
    }
}
