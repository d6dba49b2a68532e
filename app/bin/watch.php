<?php

declare(strict_types=1);

// Looks at the stores every second and notes what it saw, for /health.php and /status to read: a check then costs
// nothing, whatever hangs, and however many ask. systemd restarts it when it hangs itself (cafe-watch.service).

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
