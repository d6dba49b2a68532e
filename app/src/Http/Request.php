<?php

declare(strict_types=1);

namespace Cafe\Http;

use Cafe\Limits;

/** One HTTP request, read once and within limits. */
final readonly class Request
{
    /** @param array<string, string> $headers by lower-case name */
    public function __construct(
        public string $method,
        public string $path,
        public array $headers,
        private string $body,
        /** @var array<string, string> */
        public array $cookies = [],
    ) {
    }

    public static function fromServer(): self
    {
        $headers = [];
        foreach ($_SERVER as $key => $value) {
            if (is_string($value) && str_starts_with((string) $key, 'HTTP_')) {
                $headers[strtolower(strtr(substr((string) $key, 5), '_', '-'))] = $value;
            }
        }
        $headers['content-type'] = is_string($_SERVER['CONTENT_TYPE'] ?? null) ? $_SERVER['CONTENT_TYPE'] : '';
        $path = parse_url('http://x' . ($_SERVER['REQUEST_URI'] ?? '/'), PHP_URL_PATH);
        $stream = fopen('php://input', 'rb');
        // One byte more than allowed shows that the body is too long; no more is ever read.
        $body = $stream === false ? '' : stream_get_contents($stream, Limits::BODY_BYTES + 1);
        return new self(
            is_string($_SERVER['REQUEST_METHOD'] ?? null) ? $_SERVER['REQUEST_METHOD'] : 'GET',
            is_string($path) ? $path : '/',
            $headers,
            is_string($body) ? $body : '',
            array_filter($_COOKIE, is_string(...)),
        );
    }

    /** Whether the client is a browser, which gets a page, and not a program. */
    public function wantsPage(): bool
    {
        return str_contains($this->headers['accept'] ?? '', 'text/html');
    }

    /**
     * The fields of a JSON or form body.
     *
     * @return array<array-key, mixed>
     * @throws Refusal 400, 413 or 415
     */
    public function fields(): array
    {
        if (strlen($this->body) > Limits::BODY_BYTES) {
            throw new Refusal(413, 'too_large', 'The order is too long; at most ' . Limits::BODY_BYTES . ' bytes.');
        }
        $type = strtolower(trim(explode(';', $this->headers['content-type'] ?? '')[0]));
        if ($type === 'application/json') {
            // Four levels are one more than an order has; deeper JSON is an attack or a bug.
            $fields = json_decode($this->body, true, 4);
            return is_array($fields) ? $fields : throw new Refusal(400, 'bad_json', 'The body is not a JSON object.');
        }
        if ($type === 'application/x-www-form-urlencoded') {
            // Above max_input_vars PHP warns and continues with part of the fields: part of an order is not an order.
            if (substr_count($this->body, '&') > 50) {
                throw new Refusal(400, 'bad_form', 'The form has too many fields.');
            }
            // The café's forms nest once (items[tea]); PHP silently drops fields that are nested too deeply.
            if (preg_match('/(?:^|&)[^=&]*(?:\[|%5B)[^=&]*(?:\[|%5B)/i', $this->body) === 1) {
                throw new Refusal(400, 'bad_form', 'The form has fields within fields.');
            }
            parse_str($this->body, $fields);
            return $fields;
        }
        throw new Refusal(415, 'bad_type', 'Send application/json or application/x-www-form-urlencoded.');
    }

    /**
     * Refuses a request that another site made this browser send. Other clients send neither header,
     * and have no other person's cookie to abuse.
     *
     * @see https://www.w3.org/TR/fetch-metadata/
     */
    public function refuseOtherSites(): void
    {
        $site = $this->headers['sec-fetch-site'] ?? null;
        $origin = $this->headers['origin'] ?? null;
        $foreign = $site !== null
            ? !in_array($site, ['same-origin', 'none'], true)
            : $origin !== null && preg_replace('#^https?://#i', '', $origin) !== ($this->headers['host'] ?? '');
        if ($foreign) {
            throw new Refusal(403, 'other_site', 'Orders are taken from our own page only.');
        }
    }
}
