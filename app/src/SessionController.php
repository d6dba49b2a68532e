<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Http\Refusal;
use Cafe\Http\Request;
use Cafe\Http\Response;

/** `/session`: a customer may ask to be remembered, be greeted anywhere, and be forgotten everywhere. */
final readonly class SessionController
{
    public function __construct(private Services $services)
    {
    }

    public function handle(Request $request): Response
    {
        try {
            return match (true) {
                $request->path === '/session' && $request->method === 'GET' => $this->show($request),
                $request->path === '/session' && $request->method === 'POST' => $this->remember($request),
                $request->path === '/session' && $request->method === 'DELETE',
                $request->path === '/session/end' && $request->method === 'POST' => $this->forget($request),
                $request->path === '/session' => throw new Refusal(
                    405,
                    'bad_method',
                    'Use GET, POST or DELETE here.',
                    [],
                    ['Allow' => 'GET, POST, DELETE'],
                ),
                default => throw new Refusal(404, 'no_such_page', 'There is nothing here.'),
            };
        } catch (SessionsUnavailable $error) {
            Log::failure('sessions_unavailable', $error);
            // The cookie stays: a temporary failure must not forget the customer.
            throw new Refusal(
                503,
                'try_again',
                'We cannot tell who you are just now. Ordering works without it.',
                [],
                ['Retry-After' => (string) Limits::RETRY_AFTER_SECONDS],
            );
        }
    }

    private function show(Request $request): Response
    {
        $cookie = $this->cookie($request);
        $session = $cookie === null ? null : $this->services->sessions()->find($cookie);
        return $session === null
            ? Response::json(200, ['signedIn' => false])
            : Response::json(200, ['signedIn' => true, 'name' => $session->name, 'phone' => $session->phone]);
    }

    private function remember(Request $request): Response
    {
        $request->refuseOtherSites();
        $fields = $request->fields();
        $name = $this->line($fields['name'] ?? null, Limits::NAME_CHARACTERS);
        $phone = $this->line($fields['phone'] ?? '', Limits::PHONE_CHARACTERS);
        if ($name === null || !Text::isVisible($name) || $phone === null) {
            throw new Refusal(422, 'not_a_person', 'A name is needed, and a phone number may be given.');
        }
        $cookie = $this->services->sessions()->save($this->cookie($request), $name, $phone);
        $answer = $request->wantsPage()
            ? Response::redirect('/')
            : Response::json(200, ['signedIn' => true, 'name' => $name, 'phone' => $phone]);
        return $answer->with('Set-Cookie', $this->setCookie((string) $cookie, Limits::SESSION_SECONDS));
    }

    private function forget(Request $request): Response
    {
        $request->refuseOtherSites();
        $cookie = $this->cookie($request);
        $everywhere = $cookie === null || $this->services->sessions()->end($cookie);
        $answer = $request->wantsPage()
            ? Response::redirect('/')
            : Response::json(200, ['signedIn' => false, 'everywhere' => $everywhere]);
        return $answer->with('Set-Cookie', $this->setCookie('', 0));
    }

    private function cookie(Request $request): ?SessionCookie
    {
        return SessionCookie::parse($request->cookies[$this->cookieName()] ?? '');
    }

    /** `__Host-` binds a cookie to this exact host and to TLS; without TLS browsers reject it. */
    private function cookieName(): string
    {
        return $this->services->config->https ? '__Host-cafe' : 'cafe';
    }

    private function setCookie(string $value, int $seconds): string
    {
        $secure = $this->services->config->https ? '; Secure' : '';
        return "{$this->cookieName()}=$value; Path=/; Max-Age=$seconds; HttpOnly; SameSite=Lax$secure";
    }

    private function line(mixed $value, int $most): ?string
    {
        return is_string($value) && mb_check_encoding($value, 'UTF-8') && preg_match('/\p{Cc}/u', $value) === 0
            && mb_strlen(Text::trimmed($value)) <= $most ? Text::trimmed($value) : null;
    }
}
