<?php

declare(strict_types=1);

// Probes the stores every second and stores the results for /health.php and /status: a check then costs nothing,
// whatever hangs, and however many checks there are. systemd restarts the watch when it hangs (cafe-watch.service).

use Cafe\Clock;
use Cafe\Config;
use Cafe\Limits;
use Cafe\Services;
use Cafe\StoreWatch;

require __DIR__ . '/../src/autoload.php';

$services = new Services(Config::load());
$services->config->orders();
$watch = new StoreWatch($services);
$systemd = getenv('NOTIFY_SOCKET');
$systemd = is_string($systemd) ? @stream_socket_client("udg://$systemd") : false;
for (;;) {
    $startedMs = Clock::nowMs();
    $watch->look();
    if ($systemd !== false) {
        @fwrite($systemd, 'WATCHDOG=1');
    }
    usleep(max(0, $startedMs + Limits::WATCH_EVERY_MS - Clock::nowMs()) * 1000);
}
