<?php

declare(strict_types=1);

// The shallow check: this instance serves; it uses no other service. An availability zone must not fail over
// because of a database that both zones share (docs/ARCHITECTURE.md, the checks).

use Cafe\Config;
use Cafe\ConfigError;
use Cafe\Http\Response;
use Cafe\Log;

require __DIR__ . '/../src/autoload.php';

try {
    $config = Config::load();
    Response::text(200, "$config->healthToken\n")->send();
} catch (ConfigError $error) {
    Log::failure('unconfigured', $error);
    Response::text(503, "unconfigured\n")->send();
}
