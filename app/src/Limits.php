<?php

declare(strict_types=1);

namespace Cafe;

/** Every limit of the application, with its unit in its name and the source of the number. */
final class Limits
{
    // --- What a customer may send -----------------------------------------------------------
    /** The largest valid order is below 2 KiB as JSON; the rest is room for form encoding. */
    public const BODY_BYTES = 8192;
    public const NAME_CHARACTERS = 80;
    /** E.164 allows 15 digits; the rest is room for spaces and brackets. */
    public const PHONE_CHARACTERS = 24;
    public const NOTE_CHARACTERS = 200;
    public const QUANTITY_PER_ITEM = 20;

    // --- Waiting for others -----------------------------------------------------------------
    /** docs/ARCHITECTURE.md, the life of an order: the other region gets one second, including connecting and TLS. */
    public const OTHER_REGION_MS = 1000;
    /** A DynamoDB endpoint in the same region answers in single milliseconds; this is 50 times that. */
    public const LOCAL_REPLICA_MS = 500;
    /** A cache that is slower than DynamoDB is useless. */
    public const REDIS_MS = 150;
    /** The instance metadata service is on the same host. */
    public const METADATA_MS = 300;
    public const SECRET_MS = 1500;
    /**
     * Whole seconds, because mysqlnd counts in them. PDO's timeout limits only connecting; only
     * `mysqlnd.net_read_timeout` limits a database that accepts and then hangs.
     */
    public const DATABASE_CONNECT_SECONDS = 2;
    public const DATABASE_READ_SECONDS = 2;
    /** Below the read timeout, so that a contended row gives an error and not a lost connection. */
    public const DATABASE_LOCK_WAIT_SECONDS = 1;
    /**
     * Above the longest pause of a request between two statements, which is one call of each replica (1.5 s). At five
     * orders per second each of 24 workers keeps its connection; with fewer orders, new connections do not matter.
     */
    public const DATABASE_IDLE_SECONDS = 5;
    /** An error that comes sooner than this is a refusal; a later one is a timeout. */
    public const DATABASE_REFUSED_MS = 900;
    /** The interval of probing the stores; a probe of a silent database takes up to 5 s. */
    public const WATCH_EVERY_MS = 1000;
    /**
     * The time without a write before a database counts as dead. Longer than one probe with a timeout (2 s) and a
     * second one. Six failed checks 30 s apart follow, and the bound of a failover has room for both (docs/adr/0066).
     */
    public const DATABASE_SILENT_MS = 6000;

    // --- Keeping one region's failures out of the other ----------------------------------------
    /** Consecutive failures that open a breaker: one is chance, three within a second is not. */
    public const BREAKER_FAILURES = 3;
    /** An open breaker only causes 202s, so it may stay open for some seconds. */
    public const BREAKER_OPEN_MS = 5000;
    /** An open database breaker refuses orders, so it is retried soon. */
    public const DATABASE_BREAKER_OPEN_MS = 1000;
    /** Half of the application pool's workers (boot/etc/fpm.conf): the others continue when all of these wait. */
    public const JOURNAL_WRITES_AT_ONCE = 12;
    /** A healthy region frees a slot within tens of milliseconds; a hung one takes up to a second, too long to wait. */
    public const JOURNAL_SLOT_WAIT_MS = 150;
    /** A stored order is recorded at most twice a second. */
    public const ORDER_NOTED_EVERY_MS = 500;
    /** The wait for a refused customer; the page adds jitter to it. */
    public const RETRY_AFTER_SECONDS = 2;

    // --- Draining and comparing ----------------------------------------------------------------
    public const DRAIN_BATCH_ROWS = 200;
    /** Three times the limit for a customer's order, so that a slow region is still drained. */
    public const DRAIN_CALL_MS = 3000;
    /** A pass may wait longer than a customer, and it reads hours of orders in one query. */
    public const DRAIN_READ_SECONDS = 5;
    /** A pass (DRAIN_PASS_MS) may spend all its time sending orders, without a database query. */
    public const DRAIN_IDLE_SECONDS = 60;
    /** Well above the slowest request, so that the drain skips orders that are still being answered. */
    public const OUTBOX_MINIMUM_AGE_MS = 5000;
    /** A pass stops before systemd would end it (boot/etc/cafe-drain.service: 60 s). */
    public const DRAIN_PASS_MS = 45_000;
    public const COMPARE_EVERY_MS = 300_000;
    /** An hour is compared once its last orders have had time to cross: draining takes seconds. */
    public const COMPARE_GRACE_MS = 600_000;
    public const COMPARE_HOURS = 48;
    /** Six missed comparisons: a summary of the other region that is older proves nothing about now. */
    public const SUMMARY_STALE_MS = 1_800_000;
    /** The longest point-in-time recovery of DynamoDB: a drained item is kept as long as its backups. */
    public const JOURNAL_KEPT_SECONDS = 35 * 86400;
    /** Synthetic orders are useless once compared; MySQL drops them after a week. */
    public const SYNTHETIC_KEPT_MS = 7 * 86_400_000;
    /** A drain report older than this is ignored: six missed timer runs. */
    public const DRAIN_REPORT_STALE_MS = 60_000;

    // --- Sessions --------------------------------------------------------------------------------
    public const SESSION_SECONDS = 30 * 86400;
    public const SESSION_CACHE_SECONDS = 3600;
    /** Credentials are renewed this long before they expire; AWS issues new ones 5 minutes before. */
    public const CREDENTIALS_MARGIN_SECONDS = 240;
    /** A rotated secret is read within this time, and immediately when the old one is refused. */
    public const SECRET_KEPT_SECONDS = 300;
    /** Each place sends a synthetic order once a minute; a replaced secret is known after one of them. */
    public const SYNTHETIC_SECRET_ASKED_EVERY_MS = 10_000;
}
