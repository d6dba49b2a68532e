<?php

declare(strict_types=1);

namespace Cafe;

/**
 * Metrics as embedded-metric-format lines in a file that the CloudWatch agent ships; CloudWatch Logs
 * extracts them, so the application calls no metrics API and needs no permission for it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
final readonly class Metrics
{
    public const NAMESPACE = 'Cafe/Orders';

    public function __construct(private string $file, private string $deployment, private string $availabilityZone)
    {
    }

    /** @param array<string, array{int|float, 'Count'|'Seconds'}> $values by metric name */
    public function emit(array $values): void
    {
        $definitions = [];
        $line = ['Deployment' => $this->deployment, 'AvailabilityZone' => $this->availabilityZone];
        foreach ($values as $name => [$value, $unit]) {
            $definitions[] = ['Name' => $name, 'Unit' => $unit];
            $line[$name] = $value;
        }
        $line['_aws'] = [
            'Timestamp' => Clock::nowMs(),
            // One series per region of a stack: the alarms need only this, and more series cost more.
            'CloudWatchMetrics' => [
                ['Namespace' => self::NAMESPACE, 'Dimensions' => [['Deployment']], 'Metrics' => $definitions],
            ],
        ];
        // Appended in one write: whole lines, however many workers write. An order never fails because of a metric.
        @file_put_contents($this->file, json_encode($line, JSON_THROW_ON_ERROR) . "\n", FILE_APPEND);
    }
}
