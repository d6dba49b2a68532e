<?php

declare(strict_types=1);

namespace Cafe;

/** The section of the configuration for orders: database, cache and the two tables. */
final readonly class OrdersConfig
{
    private function __construct(
        public string $databaseHost,
        public int $databasePort,
        public string $databaseName,
        /** The secret with `username` and `password`; empty if both are given here (tests only). */
        public string $databaseSecretId,
        public string $databaseUser,
        public string $databasePassword,
        /** PEM bundle of the authorities for the server's certificate; empty turns TLS off (tests only). */
        public string $databaseCaFile,
        public string $redisHost,
        public int $redisPort,
        public bool $redisTls,
        /** Empty means the system's roots, which include ElastiCache's authorities. */
        public string $redisCaFile,
        public string $journalTable,
        public string $sessionsTable,
        /** The secret that signs synthetic orders; empty if none are accepted. */
        public string $syntheticSecretId,
    ) {
    }

    public static function read(ConfigReader $reader): self
    {
        $database = $reader->section('database');
        $redis = $reader->section('redis');
        return new self(
            databaseHost: $database->text('host'),
            databasePort: $database->number('port', 3306),
            databaseName: $database->text('name'),
            databaseSecretId: $database->text('secretId', ''),
            databaseUser: $database->text('user', ''),
            databasePassword: $database->text('password', ''),
            databaseCaFile: $database->text('caFile', ''),
            redisHost: $redis->text('host'),
            redisPort: $redis->number('port', 6379),
            redisTls: $redis->flag('tls'),
            redisCaFile: $redis->text('caFile', ''),
            journalTable: $reader->text('journalTable'),
            sessionsTable: $reader->text('sessionsTable'),
            syntheticSecretId: $reader->text('syntheticSecretId', ''),
        );
    }
}
