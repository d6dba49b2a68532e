<?php

declare(strict_types=1);

namespace Cafe;

/**
 * The configuration of an instance from boot (`/etc/cafe/app.json`), validated once, with all faults reported together.
 *
 * `orders` is null on an instance without a database: it serves only the page and the shallow check.
 */
final readonly class Config
{
    public const DEFAULT_PATH = '/etc/cafe/app.json';

    /** @param array<string, string> $endpoints overrides by `service/region`, for tests and drills */
    private function __construct(
        public string $deployment,
        public string $region,
        public string $availabilityZone,
        public string $otherRegion,
        public string $release,
        /** The token in the shallow check's body, and the one in the deep check's while orders can be taken. */
        public string $healthToken,
        public string $deepHealthToken,
        public bool $https,
        public string $stateDirectory,
        public string $metricsFile,
        public ?OrdersConfig $orders,
        public string $metadataEndpoint,
        private array $endpoints,
    ) {
    }

    public static function load(): self
    {
        $path = getenv('CAFE_CONFIG');
        $path = is_string($path) && $path !== '' ? $path : self::DEFAULT_PATH;
        $text = @file_get_contents($path);
        $data = $text === false ? null : json_decode($text, true);
        if (!is_array($data)) {
            throw new ConfigError("$path: must be a readable JSON object; write it as boot/boot.sh does");
        }
        return self::fromArray($data);
    }

    /** @param array<array-key, mixed> $data */
    public static function fromArray(array $data): self
    {
        $reader = new ConfigReader($data);
        $config = new self(
            deployment: $reader->text('deployment'),
            region: $reader->text('region'),
            availabilityZone: $reader->text('availabilityZone'),
            otherRegion: $reader->text('otherRegion'),
            release: $reader->text('release'),
            healthToken: $reader->text('healthToken'),
            deepHealthToken: $reader->text('deepHealthToken'),
            https: $reader->flag('https'),
            stateDirectory: $reader->text('stateDirectory', '/run/cafe'),
            metricsFile: $reader->text('metricsFile', '/var/log/cafe/metrics.log'),
            orders: isset($data['orders']) ? OrdersConfig::read($reader->section('orders')) : null,
            metadataEndpoint: $reader->text('metadataEndpoint', 'http://169.254.169.254'),
            endpoints: isset($data['endpoints']) ? $reader->section('endpoints')->texts() : [],
        );
        $reader->throwFaults();
        return $config;
    }

    /** The orders section, for code that runs only where it exists. */
    public function orders(): OrdersConfig
    {
        return $this->orders ?? throw new ConfigError('orders: is missing; this instance takes no orders');
    }

    /** @param 'dynamodb'|'secretsmanager' $service */
    public function endpoint(string $service, string $region): string
    {
        return $this->endpoints["$service/$region"] ?? "https://$service.$region.amazonaws.com";
    }
}
