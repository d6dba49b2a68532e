<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Http\Refusal;
use Cafe\Http\Request;
use Cafe\Http\Response;

/** `/orders`: connects HTTP to the order desk, for programs and for browsers without JavaScript. */
final readonly class OrdersController
{
    /** A number reserved for fiction; put the café's real number here and into public/ and maintenance/. */
    public const PHONE = '+1 206 555 0142';

    public function __construct(private Services $services)
    {
    }

    public function handle(Request $request): Response
    {
        $rest = substr($request->path, strlen('/orders'));
        return match (true) {
            $rest === '' || $rest === '/' => $this->only('POST', $request, $this->place(...)),
            $rest === '/review' => $this->only('POST', $request, $this->review(...)),
            $rest === '/change' => $this->only('POST', $request, $this->change(...)),
            default => $this->only('GET', $request, $this->show(...)),
        };
    }

    private function place(Request $request): Response
    {
        $request->refuseOtherSites();
        $fields = $request->fields();
        $order = $this->order($fields);
        try {
            $this->refuseUnsigned($order, $request);
            $placement = $this->services->orderDesk()->place($order);
        } catch (StoreUnavailable $error) {
            Log::failure('order_not_accepted', $error);
            return $this->tryAgain($request, $fields);
        }
        if ($placement === Placement::OtherBody) {
            throw new Refusal(409, 'other_order', 'This order number belongs to another order. Start a new one.');
        }
        $status = $placement === Placement::Confirmed ? 201 : 202;
        $answer = $request->wantsPage()
            ? Response::page($status, OrderPages::placed($order, $placement, self::PHONE))
            : Response::json($status, [
                'id' => $order->id,
                'status' => $status === 201 ? 'confirmed' : 'received',
                'protected' => $status === 201,
                'totalCents' => $order->totalCents,
                'message' => $status === 201
                    ? 'Your order is stored in two places.'
                    : 'We have your order; its safety copy follows as soon as our second data centre is reachable.',
            ]);
        // Not with a 202: PHP would turn it into a redirect, and HTTP defines no such header for a 202.
        return $status === 201 ? $answer->with('Location', "/orders/$order->id") : $answer;
    }

    private function refuseUnsigned(Order $order, Request $request): void
    {
        $signature = $request->headers[SyntheticOrders::HEADER] ?? '';
        if ($order->synthetic && !$this->services->syntheticOrders()->isSigned($order->id, $signature)) {
            throw new Refusal(403, 'not_signed', 'Synthetic orders are taken from the café itself only.');
        }
    }

    /** For a browser without JavaScript: assigns the order's number, and stores nothing. */
    private function review(Request $request): Response
    {
        $request->refuseOtherSites();
        $fields = ['id' => self::newId()] + $request->fields();
        return Response::page(200, OrderPages::review($this->order($fields), $fields));
    }

    /** Back from the review: the menu with the previous choice. */
    private function change(Request $request): Response
    {
        $request->refuseOtherSites();
        return Response::page(200, OrderPages::menu($request->fields()));
    }

    private function show(Request $request): Response
    {
        $id = Order::id(substr($request->path, strlen('/orders/')));
        try {
            $found = $id === null ? null : $this->services->orderDesk()->find($id);
        } catch (StoreUnavailable $error) {
            Log::failure('order_not_readable', $error);
            return $this->tryAgain($request, null);
        }
        if ($found === null) {
            throw new Refusal(404, 'no_such_order', 'We have no order with this number.');
        }
        if ($request->wantsPage()) {
            return Response::page(200, OrderPages::order($found));
        }
        $order = $found['order'];
        return Response::json(200, [
            'id' => $order->id,
            'status' => $found['protected'] ? 'confirmed' : 'received',
            'protected' => $found['protected'],
            'order' => json_decode($order->body, true),
            'totalCents' => $order->totalCents,
            'acceptedAt' => gmdate('Y-m-d\TH:i:s\Z', intdiv($order->acceptedMs, 1000)),
        ]);
    }

    /** @param array<array-key, mixed> $fields */
    private function order(array $fields): Order
    {
        $faults = [];
        return Order::fromInput($fields, $faults)
            ?? throw new Refusal(422, 'not_an_order', 'Something in the order is not right.', $faults);
    }

    /** @param array<array-key, mixed>|null $again */
    private function tryAgain(Request $request, ?array $again): Response
    {
        $text = 'We could not confirm your order yet. Please try again; it will not be placed twice.';
        $text = $again === null ? 'We cannot look that up just now. Please try again in a moment.' : $text;
        $answer = $request->wantsPage()
            ? Response::page(503, OrderPages::error('Not confirmed yet', $text, [], $again))
            : Response::json(503, ['error' => ['code' => 'try_again', 'message' => $text]]);
        return $answer->with('Retry-After', (string) Limits::RETRY_AFTER_SECONDS);
    }

    /** @param \Closure(Request): Response $handler */
    private function only(string $method, Request $request, \Closure $handler): Response
    {
        if ($request->method !== $method && !($method === 'GET' && $request->method === 'HEAD')) {
            throw new Refusal(405, 'bad_method', "Use $method here.", [], ['Allow' => $method]);
        }
        return $handler($request);
    }

    /** A random (version 4) UUID, as the page generates with JavaScript. */
    private static function newId(): string
    {
        $hex = bin2hex(random_bytes(16));
        $hex[12] = '4';
        $hex[16] = '89ab'[hexdec($hex[16]) & 3];
        return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split($hex, 4));
    }
}
