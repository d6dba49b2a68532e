<?php

declare(strict_types=1);

// The work of the deep check: one JSON line per fact, so that what is known counts when the rest hangs.

use Cafe\Clock;
use Cafe\Config;
use Cafe\Limits;
use Cafe\RedisClient;
use Cafe\Services;

require __DIR__ . '/../src/autoload.php';

$services = new Services(Config::load());

try {
    // One second: the reader of these lines waits for one and a half.
    $db = $services->database(1);
    $db->prepare(
        'INSERT INTO health_probe (availability_zone, probed_ms) VALUES (?, ?)'
        . ' ON DUPLICATE KEY UPDATE probed_ms = ?',
    )->execute([$services->config->availabilityZone, Clock::nowMs(), Clock::nowMs()]);
    // Whether the tables for orders are there, and how long the oldest one has waited.
    $row = $db->query('SELECT COUNT(*) AS n, MIN(created_ms) AS oldest FROM outbox')->fetch();
    $db->query('SELECT 1 FROM orders LIMIT 1')->fetch();
    echo json_encode([
        'database' => 'ok',
        'outboxRows' => (int) $row['n'],
        'outboxOldestMs' => $row['oldest'] === null ? null : (int) $row['oldest'],
    ]), "\n";
} catch (Throwable) {
    echo json_encode(['database' => 'failed']), "\n";
}

try {
    (new RedisClient($services->config->orders(), Limits::REDIS_MS))->ping();
    echo json_encode(['redis' => 'ok']), "\n";
} catch (Throwable) {
    echo json_encode(['redis' => 'failed']), "\n";
}
