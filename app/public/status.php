<?php

declare(strict_types=1);

// The status for the failback gate and for operators. null means unknown, and unknown counts as old.

use Cafe\Config;
use Cafe\ConfigError;
use Cafe\Http\Response;
use Cafe\Log;
use Cafe\Services;
use Cafe\Status;

require __DIR__ . '/../src/autoload.php';

try {
    Response::json(200, Status::of(new Services(Config::load())))->send();
} catch (ConfigError $error) {
    Log::failure('unconfigured', $error);
    Response::json(503, ['error' => ['code' => 'unconfigured']])->send();
}
