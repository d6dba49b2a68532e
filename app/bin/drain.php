<?php

declare(strict_types=1);

// One pass of the drain. A systemd timer starts it every few seconds on every instance.
//   --now            also sends the newest outbox rows
//   --compare        also compares the regions' hours, even if the last comparison is recent
//   --compare-now    the same, including the current hour, for drills with nothing in flight

use Cafe\Clock;
use Cafe\Comparison;
use Cafe\Config;
use Cafe\ConfigError;
use Cafe\Drain;
use Cafe\Limits;
use Cafe\Log;
use Cafe\Services;

require __DIR__ . '/../src/autoload.php';

$options = array_slice($argv, 1);
$unknown = array_diff($options, ['--now', '--compare', '--compare-now']);
if ($unknown !== []) {
    fwrite(STDERR, 'drain.php: unknown option ' . implode(' ', $unknown) . "\n");
    exit(2);
}

try {
    $services = new Services(Config::load());
    $services->config->orders();
} catch (ConfigError $error) {
    fwrite(STDERR, $error->getMessage() . "\n");
    exit(2);
}

$store = $services->storeForDrain();
$config = $services->config;
$parts = [
    $config,
    $store,
    $services->journalForDrain($config->otherRegion),
    $services->journalForDrain($config->region),
];
$startedMs = Clock::nowMs();
$minimumAgeMs = in_array('--now', $options, true) ? 0 : Limits::OUTBOX_MINIMUM_AGE_MS;
$report = (new Drain(...$parts))->pass($startedMs + Limits::DRAIN_PASS_MS, $minimumAgeMs);

$compared = $services->state->read('compare') ?? [];
$differ = is_int($compared['regionsDiffer'] ?? null) ? $compared['regionsDiffer'] : null;
$dueMs = (is_int($compared['atMs'] ?? null) ? $compared['atMs'] : 0) + Limits::COMPARE_EVERY_MS;
if ($startedMs >= $dueMs || preg_grep('/^--compare/', $options) !== []) {
    try {
        $comparison = new Comparison(...$parts);
        $differ = in_array('--compare-now', $options, true)
            ? $comparison->runIncludingThisHour($startedMs)
            : $comparison->run($startedMs);
        $store->dropSyntheticBefore($startedMs - Limits::SYNTHETIC_KEPT_MS);
        $services->metrics->emit(['RegionsDiffer' => [$differ, 'Count']]);
    } catch (Throwable $error) {
        $differ = null;
        Log::failure('regions_not_compared', $error);
    }
    $services->state->write('compare', ['atMs' => $startedMs, 'regionsDiffer' => $differ]);
}

if ($report['conflicts'] > 0) {
    $services->metrics->emit(['OrderConflicts' => [$report['conflicts'], 'Count']]);
}
if ($report['journalOldestSeconds'] !== null) {
    // An unknown age emits no metric: the alarm treats missing data as breaching.
    $services->metrics->emit(['JournalOldestSeconds' => [$report['journalOldestSeconds'], 'Seconds']]);
}
$report = ['atMs' => Clock::nowMs(), 'regionsDiffer' => $differ] + $report;
$services->state->write('drain', $report);
echo json_encode($report), "\n";
exit($report['journalOldestSeconds'] === null ? 1 : 0);
