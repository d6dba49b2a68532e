<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\AwsError;
use Cafe\Aws\AwsUnreachable;
use Cafe\Aws\Client;

/**
 * Verifies that synthetic orders are signed by the café: a forged one would be stored and never made or counted.
 *
 * The signature covers the order's number, so that an intercepted one is valid only for that order.
 */
final readonly class SyntheticOrders
{
    public const HEADER = 'x-cafe-synthetic';
    private const FACT = 'synthetic-secret';

    public function __construct(private StateDirectory $state, private Client $secrets, private string $secretId)
    {
    }

    /** @throws StoreUnavailable when no secret is known, so that the signature cannot be verified */
    public function isSigned(string $id, string $signature): bool
    {
        if ($this->secretId === '') {
            return false;
        }
        $kept = $this->state->read(self::FACT) ?? [];
        $secret = is_string($kept['secret'] ?? null) ? $kept['secret'] : null;
        $ageMs = Clock::nowMs() - (is_int($kept['askedMs'] ?? null) ? $kept['askedMs'] : 0);
        if ($secret !== null && $ageMs < Limits::SECRET_KEPT_SECONDS * 1000 && self::fits($secret, $id, $signature)) {
            return true;
        }
        // The secret may have been replaced; guessed signatures cause at most one request per interval.
        if ($ageMs >= Limits::SYNTHETIC_SECRET_ASKED_EVERY_MS) {
            $asked = ['secret' => $secret, 'askedMs' => Clock::nowMs()];
            $this->state->write(self::FACT, $asked);
            $secret = $this->fetch() ?? $secret;
            $this->state->write(self::FACT, ['secret' => $secret] + $asked);
        }
        return self::fits($secret ?? throw new StoreUnavailable('the secret of synthetic orders is not known'), $id, $signature);
    }

    private static function fits(string $secret, string $id, string $signature): bool
    {
        return hash_equals(hash_hmac('sha256', $id, $secret), $signature);
    }

    /** @return string|null null if it cannot be read: the known one stays in use */
    private function fetch(): ?string
    {
        try {
            $answer = $this->secrets->call('GetSecretValue', ['SecretId' => $this->secretId], Limits::SECRET_MS);
        } catch (AwsError | AwsUnreachable $error) {
            Log::failure('synthetic_secret_unreadable', $error);
            return null;
        }
        $secret = $answer['SecretString'] ?? null;
        return is_string($secret) && $secret !== '' ? $secret : null;
    }
}
