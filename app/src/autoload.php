<?php

declare(strict_types=1);

// One class per file, namespace Cafe\ = this folder: all that the application needs of an autoloader.
spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Cafe\\')) {
        require __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen('Cafe\\'))) . '.php';
    }
});

// A notice is a bug that has not hurt yet: every one becomes an exception.
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false; // Silenced with @ where a failure is an expected answer.
    }
    if (($level & (E_DEPRECATED | E_USER_DEPRECATED)) !== 0) {
        // The next PHP of the distribution may deprecate what this one needs: a line in the log, no outage.
        error_log("deprecated: $message in " . basename($file) . ":$line");
        return true;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});
