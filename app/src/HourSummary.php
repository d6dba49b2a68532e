<?php

declare(strict_types=1);

namespace Cafe;

/** One region's summary of its orders by hour, for the other region to compare. */
final readonly class HourSummary
{
    /** @param array<array-key, mixed> $hours `count:hash` by hour since 1970; hours without orders are absent */
    public function __construct(
        public int $fromHour,
        public int $endHour,
        public int $publishedMs,
        public array $hours,
    ) {
    }

    /** @return list<int> hours that both cover and that differ */
    public function differingHours(self $other): array
    {
        $differing = [];
        $end = min($this->endHour, $other->endHour);
        for ($hour = max($this->fromHour, $other->fromHour); $hour < $end; $hour++) {
            if (($this->hours[$hour] ?? null) !== ($other->hours[$hour] ?? null)) {
                $differing[] = $hour;
            }
        }
        return $differing;
    }

    public function toJson(): string
    {
        return json_encode(['hours' => (object) $this->hours] + get_object_vars($this), JSON_THROW_ON_ERROR);
    }

    public static function fromJson(string $json): ?self
    {
        $data = json_decode($json, true);
        return is_array($data) && is_int($data['fromHour'] ?? null) && is_int($data['endHour'] ?? null)
            && is_int($data['publishedMs'] ?? null) && is_array($data['hours'] ?? null)
            ? new self($data['fromHour'], $data['endHour'], $data['publishedMs'], $data['hours'])
            : null;
    }
}
