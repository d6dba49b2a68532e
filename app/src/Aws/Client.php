<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Clock;
use Cafe\Config;

/** Calls one JSON-protocol service in one region. */
final readonly class Client
{
    /** The name of each service in requests, and its protocol version. */
    private const PROTOCOLS = [
        'dynamodb' => ['DynamoDB_20120810', '1.0'],
        'secretsmanager' => ['secretsmanager', '1.1'],
    ];

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
        return $this->begin($operation, $input, $ms)();
    }

    /**
     * Sends a request. The closure waits for the answer, and throws what `call` throws.
     *
     * @param array<string, mixed> $input
     * @return \Closure(): array<array-key, mixed>
     * @throws AwsUnreachable
     */
    public function begin(string $operation, array $input, int $ms): \Closure
    {
        $origin = $this->config->endpoint($this->service, $this->region);
        $body = json_encode($input, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
        [$target, $version] = self::PROTOCOLS[$this->service];
        $headers = [
            'host' => Exchange::host($origin),
            'content-type' => "application/x-amz-json-$version",
            'x-amz-target' => "$target.$operation",
        ];
        $signature = new Signature($this->credentials->get(), $this->region, $this->service);
        $headers = $signature->sign($headers, $body, intdiv(Clock::nowMs(), 1000));
        $exchange = Exchange::begin('POST', $origin, $headers, $body, $ms);
        return static fn (): array => self::read(...$exchange->answer());
    }

    /** @return array<array-key, mixed> */
    private static function read(int $status, string $body): array
    {
        $data = json_decode($body, true);
        $data = is_array($data) ? $data : [];
        if ($status === 200) {
            return $data;
        }
        $type = is_string($data['__type'] ?? null) ? $data['__type'] : 'Unknown';
        throw new AwsError(substr((string) strrchr("#$type", '#'), 1), $status, $data);
    }
}
