<?php

declare(strict_types=1);

// The deep check: this region can take an order. A Redis failure is only reported, because orders work without
// Redis. A busy database still takes orders. The body contains the token only if orders can be taken; Route 53
// searches for it (string match).

use Cafe\Config;
use Cafe\ConfigError;
use Cafe\DeepCheck;
use Cafe\Http\Response;
use Cafe\Log;
use Cafe\Services;

require __DIR__ . '/../src/autoload.php';

try {
    $services = new Services(Config::load());
    $result = DeepCheck::of($services);
    $facts = "database: {$result['database']}\nredis: {$result['redis']}\n";
    $token = $services->config->deepHealthToken;
    $takesOrders = in_array($result['database'], ['ok', 'busy'], true);
    Response::text(...$takesOrders ? [200, "$token\n$facts"] : [503, $facts])->send();
} catch (ConfigError $error) {
    Log::failure('unconfigured', $error);
    Response::text(503, "unconfigured\n")->send();
}
