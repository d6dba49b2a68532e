/** One fault in the application, and the test that must detect it. */
export interface Mutation {
  readonly what: string;
  /** Below app/. */
  readonly file: string;
  /** Text that occurs exactly once, and its replacement. */
  readonly from: string;
  readonly to: string;
  /** Below tests/app/, and words of the test's title. */
  readonly test: readonly [file: string, words: string];
}

/** Faults that would lose, duplicate or falsify orders, or take the region down. */
export const MUTATIONS: readonly Mutation[] = [
  {
    what: "a journal that lies: not reached counts as stored there",
    file: "src/Journal.php",
    from: "} catch (AwsUnreachable) {\n            return JournalAnswer::Unavailable;",
    to: "} catch (AwsUnreachable) {\n            return JournalAnswer::Holds;",
    test: ["orders.test.ts", "when the other region is refused"],
  },
  {
    what: "a wrong total",
    file: "src/Menu.php",
    from: "['cents'] * $quantity;",
    to: "['cents'];",
    test: ["orders.test.ts", "answers 201 once an order"],
  },
  {
    what: "GET that never finds an order",
    file: "src/OrderDesk.php",
    from: "            if ($found !== null) {\n                return $found;",
    to: "            if ($found !== null) {\n                return null;",
    test: ["orders.test.ts", "before and after its drain"],
  },
  {
    what: "protection marked too early: no outbox row",
    file: "src/OrderStore.php",
    from: "            if ($isNew) {\n                $db->prepare('INSERT INTO outbox",
    to: "            if (false) {\n                $db->prepare('INSERT INTO outbox",
    test: ["orders.test.ts", "when the other region is refused"],
  },
  {
    what: "a signature over a header that is not sent",
    file: "src/Aws/Signature.php",
    from: "$names = implode(';', array_keys($headers));",
    to: "$names = 'expect;' . implode(';', array_keys($headers));",
    test: ["signatures.test.ts", "are right for every call"],
  },
  {
    what: "a session token that is not signed for",
    file: "src/Aws/Signature.php",
    from: "$names = implode(';', array_keys($headers));",
    to: "$names = implode(';', array_diff(array_keys($headers), ['x-amz-security-token']));",
    test: ["signatures.test.ts", "are right for every call"],
  },
  {
    what: "an answer that came too late is taken for the next one",
    file: "src/Aws/Connection.php",
    from: "            @fclose($this->stream);",
    to: "",
    test: ["connections.test.ts", "are given up after a late answer"],
  },
  {
    what: "any certificate will do",
    file: "src/Aws/Connection.php",
    from: "['peer_name' => $host]",
    to: "['verify_peer' => false]",
    test: ["connections.test.ts", "with a certificate that can be verified"],
  },
  {
    what: "synthetic orders from anybody",
    file: "src/SyntheticOrders.php",
    from: "return hash_equals(hash_hmac('sha256', $id, $secret), $signature);",
    to: "return true;",
    test: ["orders.test.ts", "only claims to be synthetic"],
  },
  {
    what: "a journal that is asked after the order was sent to it",
    file: "src/OrderDesk.php",
    from: "default => $this->heldElsewhere($stored, $isNew, $bodies) ?? $this->protect($stored),",
    to: "default => $this->protect($stored),",
    test: ["orders.test.ts", "takes its own row back"],
  },
  {
    what: "a drain that marks and does not store",
    file: "src/Drain.php",
    from: "if ($this->store->merge($order)) {",
    to: "if (false) {",
    test: ["drain.test.ts", "stores the journal's orders"],
  },
  {
    what: "of two bodies the later one is made",
    file: "src/StoredOrder.php",
    from: "$this->hash] < [",
    to: "$this->hash] > [",
    test: ["drain.test.ts", "makes the body that was accepted first"],
  },
  {
    what: "a second body is dropped instead of being kept aside",
    file: "src/OrderStore.php",
    from: "            } else {\n                $this->insert($db, $order, 'order_conflicts');",
    to: "            } else {",
    test: ["drain.test.ts", "keeps another body under a known number aside"],
  },
  {
    what: "another body under a known number is called confirmed",
    file: "src/OrderStore.php",
    from: "=> Acceptance::OtherBody,",
    to: "=> Acceptance::Protected,",
    test: ["orders.test.ts", "answers 409 to another body"],
  },
  {
    what: "an order that was refused stays, and will be made",
    file: "src/OrderDesk.php",
    from: "            $this->takeBack($stored);",
    to: "",
    test: ["orders.test.ts", "takes its own row back"],
  },
  {
    what: "a breaker that never opens",
    file: "src/Breaker.php",
    from: "min($this->read()[0] + 1, Limits::BREAKER_FAILURES)",
    to: "0",
    test: ["orders.test.ts", "when the other region is refused"],
  },
  {
    what: "a comparison that hands nothing over",
    file: "src/Comparison.php",
    from: "$this->there->republish($order, $this->config->otherRegion);",
    to: "",
    test: ["drain.test.ts", "finds hours that differ"],
  },
  {
    what: "a deep check that is always content",
    file: "src/DeepCheck.php",
    from: "'no answer',\n            ($seen",
    to: "'ok',\n            ($seen",
    test: ["health.test.ts", "judges by the last observations"],
  },
  {
    what: "a hung database is seen too late",
    file: "src/Limits.php",
    from: "DATABASE_SILENT_MS = 6000;",
    to: "DATABASE_SILENT_MS = 60_000;",
    test: ["health.test.ts", "within the time that the bound counts"],
  },
  {
    what: "a port for checks that serves everything",
    file: "boot/etc/cafe.conf",
    from: "RewriteCond %{SERVER_PORT} ={{HEALTH_PORT}}",
    to: "RewriteCond %{SERVER_PORT} =0",
    test: ["health.test.ts", "behind a balancer"],
  },
  {
    what: "checks that customers behind a balancer can crowd out",
    file: "boot/etc/cafe.nft",
    from: "tcp dport != { {{WEB_PORTS}} } accept",
    to: "tcp dport != { {{WEB_PORTS}}, 8081 } accept",
    test: ["firewall.test.ts", "lets a source have 64 connections"],
  },
  {
    what: "workers that read slow bodies themselves",
    file: "boot/etc/cafe.conf",
    from: "SetInputFilter BUFFER",
    to: "",
    test: ["badInput.test.ts", "lets no worker wait for a body"],
  },
  {
    what: "a status for whoever asks",
    file: "boot/etc/cafe.conf",
    from: "Require expr \"%{HTTP:X-Cafe-Token} == '{{STATUS_TOKEN}}'\"",
    to: "Require all granted",
    test: ["status.test.ts", "needs the machine's token"],
  },
  {
    what: "no limit on a source's connections",
    file: "boot/etc/cafe.nft",
    from: "add @open_ipv4 { ip saddr ct count over 64 } counter drop",
    to: "",
    test: ["firewall.test.ts", "lets a source have 64 connections"],
  },
  {
    what: "a transaction that was given up keeps its locks",
    file: "src/Database.php",
    from: ", wait_timeout = $idleSeconds",
    to: "",
    test: ["database.test.ts", "ends after a timeout"],
  },
];
