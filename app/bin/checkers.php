<?php

declare(strict_types=1);

// Turns AWS's ip-ranges.json (standard input) into nftables commands that fill the sets of Route 53's checkers.
// The list comes from outside and opens the firewall, so it is accepted only as a whole and within limits.
// @see https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html

/** The most blocks of one family; today there are about twenty. */
const MOST_BLOCKS = 200;
/** The shortest accepted prefixes; the widest blocks today are a /18 and /53s. */
const WIDEST = ['ip_prefix' => 16, 'ipv6_prefix' => 40];
const SETS = ['ip_prefix' => 'checkers_ipv4', 'ipv6_prefix' => 'checkers_ipv6'];

$data = json_decode((string) stream_get_contents(STDIN), true);
$commands = '';
foreach (['prefixes' => 'ip_prefix', 'ipv6_prefixes' => 'ipv6_prefix'] as $list => $field) {
    $blocks = [];
    foreach (is_array($data[$list] ?? null) ? $data[$list] : [] as $entry) {
        if (is_array($entry) && ($entry['service'] ?? null) === 'ROUTE53_HEALTHCHECKS') {
            $blocks[] = $entry[$field] ?? null;
        }
    }
    $believed = array_filter($blocks, static function (mixed $block) use ($field): bool {
        [$address, $bits] = is_string($block) ? explode('/', $block) + [1 => ''] : ['', ''];
        $flag = $field === 'ip_prefix' ? FILTER_FLAG_IPV4 : FILTER_FLAG_IPV6;
        return filter_var($address, FILTER_VALIDATE_IP, $flag) !== false && ctype_digit($bits)
            && (int) $bits >= WIDEST[$field] && (int) $bits <= ($field === 'ip_prefix' ? 32 : 128);
    });
    if ($blocks === [] || count($blocks) > MOST_BLOCKS || count($believed) !== count($blocks)) {
        fwrite(STDERR, "checkers.php: $list: must be 1 to " . MOST_BLOCKS . ' narrow blocks, got '
            . count($blocks) . ' of which ' . count($believed) . " can be used; the list in use stays\n");
        exit(1);
    }
    $set = SETS[$field];
    $commands .= "flush set inet cafe $set\nadd element inet cafe $set { " . implode(', ', $blocks) . " }\n";
}
echo $commands;
