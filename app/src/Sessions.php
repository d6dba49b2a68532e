<?php

declare(strict_types=1);

namespace Cafe;

use Cafe\Aws\AwsError;
use Cafe\Aws\AwsUnreachable;
use Closure;
use RuntimeException;

/**
 * Sessions of both regions: DynamoDB is authoritative, and Redis caches the sessions.
 *
 * Whether a session has ended is always read from DynamoDB. The version in the cookie shows that a cached
 * session is old, but it cannot show that an unchanged session was ended elsewhere.
 */
final readonly class Sessions
{
    public function __construct(
        private SessionTable $here,
        private SessionTable $there,
        private RedisClient $cache,
        private Breaker $cacheBreaker,
    ) {
    }

    /** @throws SessionsUnavailable when it is unknown */
    public function find(SessionCookie $cookie): ?Session
    {
        $key = $cookie->key();
        if ($this->either(static fn (SessionTable $table): bool => $table->hasEnded($key))) {
            return null;
        }
        $session = $this->cached($key);
        if ($session === null || $session->version < $cookie->version) {
            $session = $this->fromTruth($cookie);
        }
        return $session !== null && $session->expiresAtSeconds > time() ? $session : null;
    }

    /** Starts a session or, with the cookie of an existing one, changes it. */
    public function save(?SessionCookie $cookie, string $name, string $phone): SessionCookie
    {
        $held = $cookie === null ? null : $this->find($cookie);
        // An unknown cookie never becomes a session: an attacker may have chosen its number.
        $next = $cookie === null || $held === null
            ? SessionCookie::start()
            : $cookie->at(max($held->version, $cookie->version) + 1);
        $expires = $held?->expiresAtSeconds ?? time() + Limits::SESSION_SECONDS;
        $session = new Session($next->key(), $next->version, $name, $phone, $expires);
        $this->both(static fn (SessionTable $table) => $table->save($session));
        $this->cache($session);
        return $next;
    }

    /** @return bool whether both regions already know of it */
    public function end(SessionCookie $cookie): bool
    {
        $key = $cookie->key();
        $everywhere = $this->both(static fn (SessionTable $table) => $table->end($key, time()));
        $this->withCache(fn () => $this->cache->delete("session#$key"));
        return $everywhere;
    }

    private function fromTruth(SessionCookie $cookie): ?Session
    {
        $newest = null;
        $unreachable = null;
        foreach ([$this->here, $this->there] as $table) {
            try {
                $session = $table->find($cookie->key());
                if ($session !== null && $session->version > ($newest->version ?? 0)) {
                    $newest = $session;
                }
                if ($newest !== null && $newest->version >= $cookie->version) {
                    $this->cache($newest);
                    return $newest;
                }
            } catch (AwsUnreachable | AwsError $error) {
                $unreachable = $error;
            }
        }
        // All reachable versions are older than the one that the customer has seen: they must not be used.
        if ($unreachable !== null) {
            throw new SessionsUnavailable('the newest version is out of reach', 0, $unreachable);
        }
        return null;
    }

    /**
     * @template T
     * @param Closure(SessionTable): T $ask
     * @return T
     */
    private function either(Closure $ask): mixed
    {
        try {
            return $ask($this->here);
        } catch (AwsUnreachable | AwsError) {
            try {
                return $ask($this->there);
            } catch (AwsUnreachable | AwsError $error) {
                throw new SessionsUnavailable('neither region answers', 0, $error);
            }
        }
    }

    /**
     * Writes to both regions rather than waiting for replication, so that a session continues, and a logout
     * stays in effect, if this region is lost a moment later. One write is enough: replication does the rest.
     *
     * @param Closure(SessionTable): void $write
     */
    private function both(Closure $write): bool
    {
        $failures = [];
        foreach ([$this->here, $this->there] as $table) {
            try {
                $write($table);
            } catch (AwsUnreachable | AwsError $error) {
                $failures[] = $error;
            }
        }
        if (count($failures) === 2) {
            throw new SessionsUnavailable('neither region could be written', 0, $failures[0]);
        }
        return $failures === [];
    }

    private function cached(string $key): ?Session
    {
        $held = $this->withCache(fn () => $this->cache->get("session#$key"));
        return is_array($held) ? Session::fromJson($key, $held['version'], $held['data']) : null;
    }

    private function cache(Session $session): void
    {
        $this->withCache(fn () => $this->cache->setNewer(
            "session#$session->key",
            $session->version,
            $session->toJson(),
            Limits::SESSION_CACHE_SECONDS,
        ));
    }

    /** @param Closure(): mixed $use */
    private function withCache(Closure $use): mixed
    {
        if (!$this->cacheBreaker->allows()) {
            return null;
        }
        try {
            $value = $use();
        } catch (RuntimeException) {
            $this->cacheBreaker->failed();
            return null;
        }
        $this->cacheBreaker->succeeded();
        return $value;
    }
}
