<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\AwsError;
use Cafe\Aws\AwsUnreachable;
use Cafe\Aws\Client;
use Cafe\Aws\Credentials;
use PDO;
use PDOException;

/** Connects to the region's MySQL: TLS, strict mode, and a limit on every wait. */
final readonly class Database
{
    private const FACT = 'database-secret';
    private const ACCESS_DENIED = 1045;

    public function __construct(
        private Config $config,
        private StateDirectory $state,
        private Credentials $credentials,
    ) {
    }

    /** @param int $idleSeconds the time that the server waits for the next statement, in a transaction or not */
    public function connect(int $readSeconds, int $idleSeconds): PDO
    {
        // Limits every read, including the greeting; without it a stopped server blocks a worker for a day.
        ini_set('mysqlnd.net_read_timeout', (string) $readSeconds);
        try {
            return $this->open($readSeconds, $idleSeconds, ...$this->account(false));
        } catch (PDOException $error) {
            $rotated = ($error->errorInfo[1] ?? $error->getCode()) === self::ACCESS_DENIED;
            if (!$rotated || $this->config->orders()->databaseSecretId === '') {
                throw $error;
            }
            return $this->open($readSeconds, $idleSeconds, ...$this->account(true));
        }
    }

    private function open(int $readSeconds, int $idleSeconds, string $user, string $password): PDO
    {
        $orders = $this->config->orders();
        $options = [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            // PDO quotes values itself, for the connection's character set: one round trip per statement and not two.
            PDO::ATTR_EMULATE_PREPARES => true,
            // A worker keeps its connection: TCP, TLS and login cost more than the order. PDO checks that it is
            // alive when a request takes it, and rolls back an open transaction.
            PDO::ATTR_PERSISTENT => true,
            PDO::ATTR_TIMEOUT => min($readSeconds, Limits::DATABASE_CONNECT_SECONDS),
            PDO::MYSQL_ATTR_MULTI_STATEMENTS => false,
            // A value that does not fit is refused and never truncated. An abandoned transaction keeps its locks until
            // its worker uses the connection again, which may never happen: the server ends idle connections.
            PDO::MYSQL_ATTR_INIT_COMMAND => "SET SESSION sql_mode = 'TRADITIONAL', time_zone = '+00:00', "
                . 'innodb_lock_wait_timeout = ' . Limits::DATABASE_LOCK_WAIT_SECONDS
                . ', lock_wait_timeout = ' . Limits::DATABASE_LOCK_WAIT_SECONDS . ", wait_timeout = $idleSeconds",
        ];
        if ($orders->databaseCaFile !== '') {
            $options[PDO::MYSQL_ATTR_SSL_CA] = $orders->databaseCaFile;
            $options[PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT] = true;
        }
        $dsn = "mysql:host=$orders->databaseHost;port=$orders->databasePort;"
            . "dbname=$orders->databaseName;charset=utf8mb4";
        // Refused connections are both warnings and exceptions; the exception is enough.
        return @new PDO($dsn, $user, $password, $options);
    }

    /** @return array{string, string} user and password */
    private function account(bool $renew): array
    {
        $orders = $this->config->orders();
        if ($orders->databaseSecretId === '') {
            return [$orders->databaseUser, $orders->databasePassword];
        }
        $kept = $this->state->read(self::FACT) ?? [];
        $fresh = ($kept['fetchedMs'] ?? 0) > Clock::nowMs() - Limits::SECRET_KEPT_SECONDS * 1000;
        if (!$fresh || $renew) {
            try {
                $kept = $this->fetch($orders->databaseSecretId);
            } catch (AwsError | AwsUnreachable $error) {
                // An old password probably still works, and one that does not is refused immediately.
                Log::failure('secret_unreadable', $error);
            }
        }
        $user = $kept['user'] ?? null;
        $password = $kept['password'] ?? null;
        if (!is_string($user) || !is_string($password)) {
            throw new StoreUnavailable('no database account is known yet');
        }
        return [$user, $password];
    }

    /** @return array{user: string, password: string, fetchedMs: int} */
    private function fetch(string $secretId): array
    {
        $client = new Client($this->config, $this->credentials, 'secretsmanager', $this->config->region);
        $answer = $client->call('GetSecretValue', ['SecretId' => $secretId], Limits::SECRET_MS);
        $secret = is_string($answer['SecretString'] ?? null) ? json_decode($answer['SecretString'], true) : null;
        $user = is_array($secret) ? $secret['username'] ?? null : null;
        $password = is_array($secret) ? $secret['password'] ?? null : null;
        if (!is_string($user) || !is_string($password)) {
            throw new StoreUnavailable('the database secret has no username and password');
        }
        $kept = ['user' => $user, 'password' => $password, 'fetchedMs' => Clock::nowMs()];
        $this->state->write(self::FACT, $kept);
        return $kept;
    }
}
