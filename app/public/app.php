<?php

declare(strict_types=1);

use Cafe\App;
use Cafe\Http\Request;

require __DIR__ . '/../src/autoload.php';

App::respond(Request::fromServer())->send();
