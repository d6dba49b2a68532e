<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\Client;
use Cafe\Aws\Credentials;
use Cafe\Aws\Table;
use PDO;

/** Creates the parts for one request or one drain pass; opens each connection on first use. */
final readonly class Services
{
    public StateDirectory $state;
    public Metrics $metrics;
    private Credentials $credentials;

    public function __construct(public Config $config)
    {
        $this->state = new StateDirectory($config->stateDirectory);
        $this->metrics = new Metrics($config->metricsFile, $config->deployment, $config->availabilityZone);
        $this->credentials = new Credentials($config->metadataEndpoint, $this->state);
    }

    public function database(
        int $readSeconds = Limits::DATABASE_READ_SECONDS,
        int $idleSeconds = Limits::DATABASE_IDLE_SECONDS,
    ): PDO {
        return (new Database($this->config, $this->state, $this->credentials))->connect($readSeconds, $idleSeconds);
    }

    public function store(): OrderStore
    {
        return new OrderStore(fn (): PDO => $this->database());
    }

    /** The store with the drain's limits. */
    public function storeForDrain(): OrderStore
    {
        return new OrderStore(
            fn (): PDO => $this->database(Limits::DRAIN_READ_SECONDS, Limits::DRAIN_IDLE_SECONDS),
        );
    }

    public function journalHere(): Journal
    {
        return new Journal($this->table(
            $this->config->orders()->journalTable,
            $this->config->region,
            Limits::LOCAL_REPLICA_MS,
        ));
    }

    /** A replica for the drain: no customer waits for it, so it may take longer, and it has separate breakers. */
    public function journalForDrain(string $region): Journal
    {
        $client = new Client($this->config, $this->credentials, 'dynamodb', $region);
        $breaker = $this->breaker("drain-dynamodb-$region");
        return new Journal(new Table($client, $this->config->orders()->journalTable, Limits::DRAIN_CALL_MS, $breaker));
    }

    /** The other region's replica, with a cap on concurrent writes, because each may wait for a second. */
    public function journalThere(): Journal
    {
        return new Journal(
            $this->table($this->config->orders()->journalTable, $this->config->otherRegion, Limits::OTHER_REGION_MS),
            new Slots($this->state, 'journal', Limits::JOURNAL_WRITES_AT_ONCE),
        );
    }

    public function orderDesk(): OrderDesk
    {
        return new OrderDesk(
            $this->config,
            $this->state,
            $this->store(),
            $this->databaseBreaker(),
            $this->journalThere(),
            $this->journalHere(),
            $this->metrics,
        );
    }

    public function syntheticOrders(): SyntheticOrders
    {
        $secrets = new Client($this->config, $this->credentials, 'secretsmanager', $this->config->region);
        return new SyntheticOrders($this->state, $secrets, $this->config->orders()->syntheticSecretId);
    }

    public function sessions(): Sessions
    {
        $table = $this->config->orders()->sessionsTable;
        return new Sessions(
            new SessionTable($this->table($table, $this->config->region, Limits::LOCAL_REPLICA_MS)),
            new SessionTable($this->table($table, $this->config->otherRegion, Limits::OTHER_REGION_MS)),
            new RedisClient($this->config->orders(), Limits::REDIS_MS),
            $this->breaker('redis'),
        );
    }

    /** @return array<string, string> the state of each breaker, by the service that it guards */
    public function breakers(): array
    {
        return [
            'database' => $this->databaseBreaker()->describe(),
            'otherRegion' => $this->breaker("dynamodb-{$this->config->otherRegion}")->describe(),
            'localReplica' => $this->breaker("dynamodb-{$this->config->region}")->describe(),
            'redis' => $this->breaker('redis')->describe(),
        ];
    }

    public function databaseBreaker(): Breaker
    {
        return new Breaker($this->state, 'database', Limits::DATABASE_BREAKER_OPEN_MS);
    }

    private function table(string $name, string $region, int $timeoutMs): Table
    {
        $client = new Client($this->config, $this->credentials, 'dynamodb', $region);
        return new Table($client, $name, $timeoutMs, $this->breaker("dynamodb-$region"));
    }

    private function breaker(string $name): Breaker
    {
        return new Breaker($this->state, $name);
    }
}
