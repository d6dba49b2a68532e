<?php

declare(strict_types=1);

namespace Cafe\Aws;

use Cafe\Breaker;
use Closure;

/** One DynamoDB table in one region, behind that host's breaker and a time limit for each call. */
final readonly class Table
{
    public function __construct(
        private Client $client,
        private string $name,
        private int $timeoutMs,
        private Breaker $breaker,
    ) {
    }

    /**
     * @param array<string, mixed> $input without the table's name
     * @return array<array-key, mixed>
     * @throws AwsError
     * @throws AwsUnreachable
     */
    public function call(string $operation, array $input): array
    {
        return $this->begin($operation, $input)();
    }

    /**
     * Sends a request. The closure waits for the answer, and throws the errors of both steps.
     *
     * @param array<string, mixed> $input without the table's name
     * @return Closure(): array<array-key, mixed>
     */
    public function begin(string $operation, array $input): Closure
    {
        if (!$this->breaker->allows()) {
            return static fn (): never => throw new AwsUnreachable('the breaker is open');
        }
        $input = ['TableName' => $this->name] + $input;
        try {
            $answer = $this->client->begin($operation, $input, $this->timeoutMs);
        } catch (AwsUnreachable $error) {
            $answer = static fn (): never => throw $error;
        }
        return fn (): array => $this->judged($answer);
    }

    /**
     * @param Closure(): array<array-key, mixed> $answer
     * @return array<array-key, mixed>
     */
    private function judged(Closure $answer): array
    {
        try {
            $data = $answer();
        } catch (AwsUnreachable $error) {
            $this->breaker->failed();
            throw $error;
        } catch (AwsError $error) {
            $error->isServiceTrouble() ? $this->breaker->failed() : $this->breaker->succeeded();
            throw $error;
        }
        $this->breaker->succeeded();
        return $data;
    }

    /**
     * A write whose condition may fail, which counts as an answer and not as an error.
     *
     * @param array<string, mixed> $input
     * @return AwsError|null the refusal when the condition failed
     */
    public function callIf(string $operation, array $input): ?AwsError
    {
        try {
            $this->call($operation, $input);
            return null;
        } catch (AwsError $error) {
            return $error->type === 'ConditionalCheckFailedException' ? $error : throw $error;
        }
    }

    /**
     * @param array<string, array<string, string>> $key
     * @return array<string, array<string, mixed>>|null the newest state of one item in this replica
     */
    public function item(array $key): ?array
    {
        $answer = $this->call('GetItem', ['Key' => $key, 'ConsistentRead' => true]);
        return is_array($answer['Item'] ?? null) ? $answer['Item'] : null;
    }
}
