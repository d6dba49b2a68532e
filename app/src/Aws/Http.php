<?php

declare(strict_types=1);

namespace Cafe\Aws;

/** One HTTP exchange by libcurl with a hard end: name, connect, TLS, request and answer within `$ms`. */
final class Http
{
    /**
     * @param array<int, mixed> $options further CURLOPT_* values
     * @return array{int, string} status and body
     */
    public static function exchange(string $url, int $ms, array $options): array
    {
        $handle = curl_init();
        curl_setopt_array($handle, $options + [
            CURLOPT_URL => $url,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT_MS => $ms,
            CURLOPT_CONNECTTIMEOUT_MS => $ms,
            // Milliseconds below 1000 need this: libcurl would otherwise time by whole-second signals.
            CURLOPT_NOSIGNAL => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_NOPROXY => '*',
        ]);
        $body = curl_exec($handle);
        if (!is_string($body)) {
            throw new AwsUnreachable(curl_error($handle));
        }
        return [curl_getinfo($handle, CURLINFO_RESPONSE_CODE), $body];
    }
}
