<?php

declare(strict_types=1);

// Applies schema.sql to this region's database. Every statement may be repeated; systemd retries until it succeeds.

use Cafe\Config;
use Cafe\Services;

require __DIR__ . '/../src/autoload.php';

$sql = (string) file_get_contents(__DIR__ . '/../schema.sql');
$sql = (string) preg_replace('/^\s*--.*$/m', '', $sql);
try {
    $db = (new Services(Config::load()))->database(30);
    foreach (array_filter(array_map(trim(...), explode(';', $sql))) as $statement) {
        $db->exec($statement);
    }
} catch (Throwable $error) {
    fwrite(STDERR, 'migrate.php: ' . $error->getMessage() . "\n");
    exit(1);
}
