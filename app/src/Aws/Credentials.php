<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Clock;
use Cafe\Limits;
use Cafe\StateDirectory;

/**
 * The instance role's credentials from the metadata service (IMDSv2), shared by all workers.
 *
 * One worker renews them while they are still valid; the others continue with the current ones, so a
 * metadata service that hangs has no effect until the credentials have expired.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 */
final readonly class Credentials
{
    private const FACT = 'credentials';
    private const PATH = '/latest/meta-data/iam/security-credentials/';

    public function __construct(private string $endpoint, private StateDirectory $state)
    {
    }

    /** @return array{key: string, secret: string, token: string} */
    public function get(): array
    {
        $cached = $this->cached();
        $now = intdiv(Clock::nowMs(), 1000);
        if ($cached !== null && $cached['expires'] - Limits::CREDENTIALS_MARGIN_SECONDS > $now) {
            return $cached;
        }
        $usable = $cached !== null && $cached['expires'] > $now;
        $lock = $this->state->tryLock(self::FACT);
        if ($lock === null && $usable) {
            return $cached;
        }
        try {
            $fresh = $this->fetch();
            $this->state->write(self::FACT, $fresh);
            return $fresh;
        } catch (AwsUnreachable $error) {
            return $usable ? $cached : throw $error;
        }
    }

    /** @return array{key: string, secret: string, token: string, expires: int}|null */
    private function cached(): ?array
    {
        $data = $this->state->read(self::FACT) ?? [];
        $key = $data['key'] ?? null;
        $secret = $data['secret'] ?? null;
        $token = $data['token'] ?? null;
        $expires = $data['expires'] ?? null;
        return is_string($key) && is_string($secret) && is_string($token) && is_int($expires)
            ? compact('key', 'secret', 'token', 'expires')
            : null;
    }

    /** @return array{key: string, secret: string, token: string, expires: int} */
    private function fetch(): array
    {
        $token = $this->ask('PUT', '/latest/api/token', ['x-aws-ec2-metadata-token-ttl-seconds' => '21600']);
        $header = ['x-aws-ec2-metadata-token' => $token];
        $role = trim($this->ask('GET', self::PATH, $header));
        $data = json_decode($this->ask('GET', self::PATH . rawurlencode($role), $header), true);
        $expires = is_array($data) && is_string($data['Expiration'] ?? null) ? strtotime($data['Expiration']) : false;
        if (!is_array($data) || $expires === false || !is_string($data['AccessKeyId'] ?? null)
            || !is_string($data['SecretAccessKey'] ?? null) || !is_string($data['Token'] ?? null)) {
            throw new AwsUnreachable('the metadata service gave no credentials');
        }
        return [
            'key' => $data['AccessKeyId'],
            'secret' => $data['SecretAccessKey'],
            'token' => $data['Token'],
            'expires' => $expires,
        ];
    }

    /** @param array<string, string> $headers */
    private function ask(string $method, string $path, array $headers): string
    {
        [$status, $body] = Exchange::begin($method, $this->endpoint . $path, $headers, '', Limits::METADATA_MS)->answer();
        return $status === 200 ? $body : throw new AwsUnreachable("the metadata service answered $status");
    }
}
