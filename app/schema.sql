-- The orders database of one region. It is applied at every boot, so every statement may be repeated.
-- Bodies are text and not JSON: MySQL's JSON type reorders keys, and the hash is over bytes.

CREATE TABLE IF NOT EXISTS orders (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  body_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  total_cents INT UNSIGNED NOT NULL,
  synthetic BOOLEAN NOT NULL,
  -- Where and when it was first accepted; two regions that both accepted it agree on the earlier time.
  accepted_region VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accepted_ms BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  KEY by_time (accepted_ms),
  KEY synthetic_by_time (synthetic, accepted_ms)
) ENGINE = InnoDB;

-- Bodies that are not yet known to be in the other region.
CREATE TABLE IF NOT EXISTS outbox (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_ms BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id, body_hash),
  KEY by_time (created_ms)
) ENGINE = InnoDB;

-- Bodies whose number belongs to an earlier body: not made, never dropped, kept for people to examine
-- (docs/adr/0010). Both regions keep the same one of two bodies here.
CREATE TABLE IF NOT EXISTS order_conflicts (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  total_cents INT UNSIGNED NOT NULL,
  synthetic BOOLEAN NOT NULL,
  accepted_region VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accepted_ms BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id, body_hash),
  KEY by_time (accepted_ms)
) ENGINE = InnoDB;

-- Written by the deep check: one row per availability zone, so that two checks do not wait for each other.
CREATE TABLE IF NOT EXISTS health_probe (
  availability_zone VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  probed_ms BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (availability_zone)
) ENGINE = InnoDB;

-- The orders that the café counts and makes: synthetic orders only prove that ordering works.
CREATE OR REPLACE VIEW customer_orders AS
SELECT id, body, total_cents, accepted_region, accepted_ms
FROM orders
WHERE synthetic = FALSE;
