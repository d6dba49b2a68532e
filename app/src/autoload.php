<?php

declare(strict_types=1);

// One class per file, namespace Cafe\ = this folder: the application needs no other autoloader.
spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Cafe\\')) {
        require __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen('Cafe\\'))) . '.php';
    }
});

// A notice is a bug without a visible effect so far: every notice becomes an exception.
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false; // Silenced with @ where a failure is expected.
    }
    if (($level & (E_DEPRECATED | E_USER_DEPRECATED)) !== 0) {
        // The next PHP of the distribution may deprecate a feature in use: this causes a log line, not an outage.
        error_log("deprecated: $message in " . basename($file) . ":$line");
        return true;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});
