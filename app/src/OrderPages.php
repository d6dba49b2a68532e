<?php

declare(strict_types=1);

namespace Cafe;

/** The pages for customers without JavaScript, and the page of an order. All values are escaped here. */
final class OrderPages
{
    /** @param array<array-key, mixed> $fields the fields of the form, shown for review before the order is placed */
    public static function review(Order $order, array $fields): string
    {
        $lines = self::items($order->body);
        $form = self::form($order->id, $fields, 'Place the order');
        $change = self::form($order->id, $fields, 'Change it', '/orders/change', 'plain');
        return self::layout('Check your order', <<<HTML
            <h1>Check your order</h1>
            <p class="lead">Nothing is ordered yet. Place it when this is right.</p>
            $lines
            $form
            $change
            HTML);
    }

    /**
     * The menu page with the fields filled in.
     *
     * @param array<array-key, mixed> $fields
     */
    public static function menu(array $fields): string
    {
        $page = (string) file_get_contents(__DIR__ . '/../public/index.html');
        $fill = static function (array $tag) use ($fields): string {
            preg_match('/\bname="(\w+)(?:\[(\w+)\])?"/', $tag[0], $name);
            $value = $fields[$name[1] ?? ''] ?? '';
            $value = isset($name[2]) ? (is_array($value) ? $value[$name[2]] ?? '' : '') : $value;
            if (!is_scalar($value) || (string) $value === '') {
                return $tag[0];
            }
            $without = preg_replace('/\s+value="[^"]*"/', '', $tag[0]) ?? $tag[0];
            return substr($without, 0, 6) . ' value="' . self::e((string) $value) . '"' . substr($without, 6);
        };
        return preg_replace_callback('/<input\b[^>]*>/', $fill, $page) ?? $page;
    }

    public static function placed(Order $order, Placement $placement, string $phone): string
    {
        $lines = self::items($order->body);
        $number = self::number($order->id);
        if ($placement === Placement::Confirmed) {
            return self::layout('Order confirmed', <<<HTML
                <h1>Order confirmed</h1>
                <p class="lead">Thank you! Your order is stored in two places and will be ready in about 15 minutes.</p>
                $lines
                $number
                HTML, 'confirmed');
        }
        return self::layout('Order received', <<<HTML
            <h1>Order received</h1>
            <p class="lead">We have your order and are making it. Please don’t order again.</p>
            <p>Our second data centre is out of reach just now, so its safety copy follows in a moment.
            The link below shows when the copy is stored. To be quite sure, call $phone.</p>
            $lines
            $number
            HTML, 'received');
    }

    /** @param array{order: StoredOrder, protected: bool} $found */
    public static function order(array $found): string
    {
        $order = $found['order'];
        $lines = self::items($order->body);
        $number = self::number($order->id);
        [$title, $text, $class] = $found['protected']
            ? ['Order confirmed', 'Your order is stored in two places.', 'confirmed']
            : ['Order received', 'We have your order. Its safety copy is on its way; look again in a moment.', 'received'];
        return self::layout($title, "<h1>$title</h1><p class=\"lead\">$text</p>$lines$number", $class);
    }

    /**
     * @param array<string, string> $faults
     * @param array<array-key, mixed>|null $again the form to send again with the same number
     */
    public static function error(string $title, string $text, array $faults = [], ?array $again = null): string
    {
        $list = '';
        foreach ($faults as $field => $fault) {
            $list .= '<li><strong>' . self::e(self::label($field)) . '</strong> ' . self::e($fault) . '</li>';
        }
        $list = $list === '' ? '' : "<ul>$list</ul>";
        $id = Order::id($again['id'] ?? null);
        $form = $again === null || $id === null ? '' : self::form($id, $again, 'Try again');
        $title = self::e($title);
        $text = self::e($text);
        return self::layout($title, <<<HTML
            <h1>$title</h1>
            <p class="lead">$text</p>
            $list
            $form
            <p><a href="/">Back to the menu</a></p>
            HTML, 'problem');
    }

    private static function items(string $body): string
    {
        $data = json_decode($body, true);
        $rows = '';
        $quantities = is_array($data) ? $data['items'] : [];
        foreach ($quantities as $item => $quantity) {
            // An order may still contain an item of an older menu.
            $known = Menu::ITEMS[$item] ?? ['name' => $item, 'cents' => 0];
            $price = Menu::price($known['cents'] * $quantity);
            $rows .= '<tr><td>' . self::e("$quantity × $known[name]") . "</td><td>$price</td></tr>";
        }
        $total = Menu::price(Menu::totalCents(array_intersect_key($quantities, Menu::ITEMS)));
        $name = self::e(is_array($data) ? $data['name'] : '');
        return <<<HTML
            <table><caption>For $name</caption><tbody>$rows</tbody>
            <tfoot><tr><th scope="row">Total, paid at the counter</th><td>$total</td></tr></tfoot></table>
            HTML;
    }

    private static function number(string $id): string
    {
        $short = strtoupper(substr($id, 0, 8));
        return "<p>Order number <strong>$short</strong> · <a href=\"/orders/$id\">your order’s own page</a></p>";
    }

    /** @param array<array-key, mixed> $fields */
    private static function form(
        string $id,
        array $fields,
        string $button,
        string $action = '/orders',
        string $class = '',
    ): string {
        $hidden = '<input type="hidden" name="id" value="' . self::e($id) . '">';
        foreach (['name', 'phone', 'note'] as $field) {
            $value = is_string($fields[$field] ?? null) ? $fields[$field] : '';
            $hidden .= "<input type=\"hidden\" name=\"$field\" value=\"" . self::e($value) . '">';
        }
        foreach (array_keys(Menu::ITEMS) as $item) {
            $value = $fields['items'][$item] ?? '';
            $value = is_scalar($value) ? (string) $value : '';
            $hidden .= "<input type=\"hidden\" name=\"items[$item]\" value=\"" . self::e($value) . '">';
        }
        return "<form method=\"post\" action=\"$action\">$hidden"
            . "<button type=\"submit\" class=\"$class\">$button</button></form>";
    }

    private static function label(string $field): string
    {
        $item = str_starts_with($field, 'items.') ? substr($field, 6) : '';
        return Menu::ITEMS[$item]['name'] ?? ucfirst($field);
    }

    private static function layout(string $title, string $main, string $class = ''): string
    {
        return <<<HTML
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>$title – Café</title>
            <link rel="icon" href="/favicon.svg">
            <link rel="stylesheet" href="/order.css">
            </head>
            <body>
            <header class="brand"><a href="/">Café</a></header>
            <main class="card $class">
            $main
            </main>
            </body>
            </html>

            HTML;
    }

    private static function e(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
    }
}
