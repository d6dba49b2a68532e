<?php

declare(strict_types=1);

namespace Cafe\Http;

/** One HTTP answer as a value. */
final readonly class Response
{
    /** @param array<string, string> $headers */
    private function __construct(public int $status, private string $type, private string $body, private array $headers)
    {
    }

    /**
     * @param array<string, mixed> $data
     * @param array<string, string> $headers
     */
    public static function json(int $status, array $data, array $headers = []): self
    {
        $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_HEX_TAG;
        return new self($status, 'application/json', json_encode($data, $flags) . "\n", $headers);
    }

    /** @param array<string, string> $headers */
    public static function page(int $status, string $html, array $headers = []): self
    {
        return new self($status, 'text/html; charset=utf-8', $html, $headers);
    }

    public static function text(int $status, string $text): self
    {
        return new self($status, 'text/plain; charset=utf-8', $text, []);
    }

    public static function redirect(string $path): self
    {
        return new self(303, 'text/plain; charset=utf-8', "See $path\n", ['Location' => $path]);
    }

    public function with(string $header, string $value): self
    {
        return new self($this->status, $this->type, $this->body, [$header => $value] + $this->headers);
    }

    public function send(): void
    {
        http_response_code($this->status);
        header("Content-Type: $this->type");
        header('Content-Length: ' . strlen($this->body));
        // No cache may keep an answer of PHP; Apache sets the other headers (boot/etc/cafe.conf).
        header('Cache-Control: no-store');
        foreach ($this->headers as $name => $value) {
            header("$name: $value");
        }
        echo $this->body;
    }
}
