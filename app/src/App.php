<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Http\Refusal;
use Cafe\Http\Request;
use Cafe\Http\Response;
use Throwable;

/** The entry of the application pool: routes a request, and answers every failure without internal details. */
final class App
{
    public static function respond(Request $request): Response
    {
        try {
            $services = new Services(Config::load());
            if ($services->config->orders === null) {
                throw new Refusal(503, 'try_again', 'This server takes no orders.', [], ['Retry-After' => '60']);
            }
            return str_starts_with($request->path, '/session')
                ? (new SessionController($services))->handle($request)
                : (new OrdersController($services))->handle($request);
        } catch (Refusal $refusal) {
            return self::refused($request, $refusal);
        } catch (Throwable $error) {
            Log::failure('unexpected', $error);
            return self::refused($request, new Refusal(
                503,
                'try_again',
                'Something went wrong on our side. Please try again; an order is never placed twice.',
                [],
                ['Retry-After' => (string) Limits::RETRY_AFTER_SECONDS],
            ));
        }
    }

    private static function refused(Request $request, Refusal $refusal): Response
    {
        $title = $refusal->status >= 500 ? 'Not just now' : 'That did not work';
        $error = ['code' => $refusal->reason, 'message' => $refusal->getMessage()];
        $answer = $request->wantsPage()
            ? Response::page($refusal->status, OrderPages::error($title, $refusal->getMessage(), $refusal->fields))
            : Response::json($refusal->status, [
                'error' => $refusal->fields === [] ? $error : $error + ['fields' => $refusal->fields],
            ]);
        foreach ($refusal->headers as $name => $value) {
            $answer = $answer->with($name, $value);
        }
        return $answer;
    }
}
