/** Programs that change what answers. */
export const deployers = /^(?:aws|pulumi|terraform|tofu|terragrunt|cdk)$/;

/** What may stand before such a program: other commands, times of cron with a user, variables, programs that run others. */
const prefix =
  /(?:.*[;&|(]\s*)?(?:(?:(?:[\d*,/-]+\s+){5}|@\w+\s+)(?:\w+\s+)?)?(?:\w+=\S*\s+)*(?:(?:alias|sudo|npx|time|timeout|env|nohup|watch|bash|sh|eval|ssh|xargs|docker|kubectl|tmux|screen|at|for|while|if|echo|cat)\s(?:.*\W)?)?/
    .source;
const command = new RegExp(
  String.raw`^\s*(?:[$%#]\s+)?${prefix}(?:aws|pulumi|terraform|tofu|terragrunt|cdk) `,
  "m",
);

/** Whether a text has a line that is a command of a program that changes something. */
export function isCommand(text: string): boolean {
  return command.test(text);
}

/** Whether code of a language that is not read here may change something: it names AWS, or runs programs. */
export function mayChangeAws(code: string): boolean {
  return /boto|aws|route-?53|pulumi|terraform|subprocess|system\s*\(|\bexec\w*\s*\(/i.test(code);
}
