<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Config;

/** Calls one JSON-protocol service in one region, signed by libcurl (Signature Version 4). */
final readonly class Client
{
    /** @param 'dynamodb'|'secretsmanager' $service */
    public function __construct(
        private Config $config,
        private Credentials $credentials,
        private string $service,
        private string $region,
    ) {
    }

    /**
     * @param array<string, mixed> $input
     * @return array<array-key, mixed>
     * @throws AwsError when the service refuses
     * @throws AwsUnreachable when it does not answer in time
     */
    public function call(string $operation, array $input, int $ms): array
    {
        $signer = $this->credentials->get();
        [$status, $body] = Http::exchange($this->config->endpoint($this->service, $this->region), $ms, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => json_encode($input, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE),
            CURLOPT_HTTPHEADER => [
                'Content-Type: application/x-amz-json-' . ($this->service === 'dynamodb' ? '1.0' : '1.1'),
                'X-Amz-Target: ' . ($this->service === 'dynamodb' ? 'DynamoDB_20120810' : 'secretsmanager') . ".$operation",
                'X-Amz-Security-Token: ' . $signer['token'],
                // No empty "Expect:" to switch that header off: libcurl 7.88 signs it and does not send it (curl #11664).
                // It is only sent by itself with bodies of more than 1 MiB.
            ],
            CURLOPT_AWS_SIGV4 => "aws:amz:$this->region:$this->service",
            CURLOPT_USERPWD => $signer['key'] . ':' . $signer['secret'],
        ]);
        $data = json_decode($body, true);
        $data = is_array($data) ? $data : [];
        if ($status === 200) {
            return $data;
        }
        $type = is_string($data['__type'] ?? null) ? $data['__type'] : 'Unknown';
        throw new AwsError(substr((string) strrchr("#$type", '#'), 1), $status, $data);
    }
}
