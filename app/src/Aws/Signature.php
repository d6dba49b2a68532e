<?php

declare(strict_types=1);

namespace Cafe\Aws;

/**
 * Signature Version 4 of a POST to the root of a service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
final readonly class Signature
{
    /** @param array{key: string, secret: string, token: string} $signer */
    public function __construct(private array $signer, private string $region, private string $service)
    {
    }

    /**
     * @param array<string, string> $headers by lower-case name, including `host`
     * @return array<string, string> the same headers and those of the signature
     */
    public function sign(array $headers, string $body, int $nowSeconds): array
    {
        $time = gmdate('Ymd\THis\Z', $nowSeconds);
        $headers += ['x-amz-date' => $time, 'x-amz-security-token' => $this->signer['token']];
        ksort($headers);
        $lines = '';
        foreach ($headers as $name => $value) {
            $lines .= "$name:$value\n";
        }
        $names = implode(';', array_keys($headers));
        $request = "POST\n/\n\n$lines\n$names\n" . hash('sha256', $body);
        $day = substr($time, 0, 8);
        $scope = "$day/$this->region/$this->service/aws4_request";
        $key = 'AWS4' . $this->signer['secret'];
        foreach (explode('/', $scope) as $part) {
            $key = hash_hmac('sha256', $part, $key, true);
        }
        $signature = hash_hmac('sha256', "AWS4-HMAC-SHA256\n$time\n$scope\n" . hash('sha256', $request), $key);
        return $headers + ['authorization' => "AWS4-HMAC-SHA256 Credential={$this->signer['key']}/$scope, "
            . "SignedHeaders=$names, Signature=$signature"];
    }
}
