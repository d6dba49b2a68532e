import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { MariaDb } from "../../rehearsal/live/lamp/mariaDb";
import { needParts } from "../app/harness/parts";
import { Workshop } from "../../rehearsal/live/lamp/workshop";
import { AwsCommandLine } from "../aws/awsCommandLine";
import { Moto } from "../aws/moto";
import { CommandLine, awsEnvironment, commandsOf } from "./runbookCommands";
import { itWithEveryCase } from "../sampled";

const heading = "Restore the orders";
const [
  places = "",
  restore = "",
  deleted = "",
  copied = "",
  merge = "",
  table = "",
  share = "",
  take = "",
] = commandsOf(heading);

describe("the runbook's restore, against moto", function () {
  this.timeout(300_000);
  const here = "123456789012";
  const away = "222222222222";
  let moto: Moto;
  let aws: AwsCommandLine;
  let line: CommandLine;
  let started = false;
  const seconds: Record<string, number> = {};

  /** Runs commands with the runbook's variables, and records how long they took. */
  const timed = async (
    step: string,
    commands: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const start = performance.now();
    const printed = await line.run(`${places}\n${commands}`, env);
    seconds[step] = Math.round((performance.now() - start) / 100) / 10;
    return printed;
  };
  /** Runs commands that are not in the runbook. */
  const run = async (commands: string): Promise<string> =>
    (await line.run(`${places}\n${commands}`)).trim();

  before(async function () {
    needParts(this, ["moto_server", "aws", "python3", "bash"]);
    [moto, aws] = await Promise.all([Moto.emptied(), AwsCommandLine.ready()]);
    line = new CommandLine(awsEnvironment(moto.endpoint), [aws.folder]);
    started = true;
    await run(`
      VPC=$(aws ec2 create-vpc --region $REGION --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
      SUBNET=$(aws ec2 create-subnet --region $REGION --vpc-id $VPC --cidr-block 10.0.0.0/24 --query Subnet.SubnetId --output text)
      aws rds create-db-subnet-group --region $REGION --db-subnet-group-name isolated --db-subnet-group-description isolated --subnet-ids $SUBNET
      aws rds create-db-parameter-group --region $REGION --db-parameter-group-name orders --db-parameter-group-family mysql8.4 --description orders
      KEY=$(aws kms create-key --region $REGION --query KeyMetadata.Arn --output text)
      aws rds create-db-instance --region $REGION --db-instance-identifier $DATABASE --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --master-username orders --manage-master-user-password --storage-encrypted --kms-key-id $KEY --db-subnet-group-name isolated
      aws rds create-db-snapshot --region $REGION --db-instance-identifier $DATABASE --db-snapshot-identifier final
      aws dynamodb create-table --region $REGION --table-name orders-tables-journal-0123456 --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=id,AttributeType=S AttributeName=bodyHash,AttributeType=S --key-schema AttributeName=id,KeyType=HASH AttributeName=bodyHash,KeyType=RANGE
      aws dynamodb update-continuous-backups --region $REGION --table-name orders-tables-journal-0123456 --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true
      for ID in one two three; do
        aws dynamodb put-item --region $REGION --table-name orders-tables-journal-0123456 --item '{"id":{"S":"'$ID'"},"bodyHash":{"S":"hash"},"body":{"S":"a café"}}'
      done
    `);
  });
  after(() => {
    if (!started) return;
    console.log(`      seconds of each step, of the commands alone: ${JSON.stringify(seconds)}`);
    line.end();
  });

  it("restores a database to a second, next to the one that serves", async () => {
    await timed("database", restore, {
      SUBNETS: "isolated",
      GROUP: "sg-0123",
      PARAMETERS: "orders",
    });
    const query = "DBInstances[].[DBInstanceIdentifier,Engine,StorageEncrypted]";
    const databases = await run(
      `aws rds describe-db-instances --region $REGION --query '${query}' --output text`,
    );
    expect(databases.split("\n").sort()).to.deep.equal([
      "failover-prod-oregon\tmysql\tTrue",
      "failover-prod-oregon-restored\tmysql\tTrue",
    ]);
  });

  it("restores a database that was deleted, from its last snapshot", async () => {
    await run(
      "aws rds delete-db-instance --region $REGION --db-instance-identifier $DATABASE-restored --skip-final-snapshot",
    );
    await timed("deleted", deleted, { SUBNETS: "isolated", GROUP: "sg-0123", SNAPSHOT: "final" });
    const status = await run(
      "aws rds describe-db-instances --region $REGION --db-instance-identifier $DATABASE-restored --query 'DBInstances[0].DBInstanceStatus' --output text",
    );
    expect(status).to.equal("available");
  });

  it("keeps a snapshot beyond the stack, whose key is deleted with it", async () => {
    const [keep = ""] = commandsOf("Destroy a stack");
    await run(keep);
    const query = "DBSnapshots[].[DBSnapshotIdentifier,KmsKeyId]";
    const listed = await run(
      `aws rds describe-db-snapshots --region $REGION --query '${query}' --output text`,
    );
    const keys = new Map(listed.split("\n").map((one) => one.split("\t") as [string, string]));
    const key = keys.get("failover-prod-oregon-kept");
    expect(key).to.match(/^arn:aws:kms:us-west-2:\d{12}:key\//);
    expect(key).not.to.equal(keys.get("failover-prod-oregon-last"));
  });

  it("restores the copy in the third region, as far as the CLI can check", async () => {
    // moto has no copies of backups: the CLI validates the arguments by AWS's model, and sends
    // nothing.
    const shape = await line.run(`${places}\n${copied} --generate-cli-skeleton output`, {
      COPY: "arn:aws:rds:us-east-2:123456789012:auto-backup:ab-0123",
      SUBNETS: "isolated",
    });
    expect(shape).to.contain("DBInstanceIdentifier");
  });

  it("merges the restored items into the table, and keeps existing ones", async () => {
    const item = (id: string): string =>
      `aws dynamodb get-item --region $REGION --table-name orders-tables-journal-0123456 --key '{"id":{"S":"${id}"},"bodyHash":{"S":"hash"}}' --query Item.body.S --output text`;
    const key = `'{"id":{"S":"one"},"bodyHash":{"S":"hash"}}'`;
    // moto restores the current table, so the missing items are deleted during the restore.
    const [listed = "", restored = "", waited = "", ...loop] = table.split("\n");
    await timed("table", [listed, restored, waited].join("\n"));
    await run(`
      aws dynamodb delete-item --region $REGION --table-name orders-tables-journal-0123456 --key ${key}
      aws dynamodb put-item --region $REGION --table-name orders-tables-journal-0123456 --item '{"id":{"S":"two"},"bodyHash":{"S":"hash"},"body":{"S":"newer"}}'
    `);
    const printed = await timed("items", [listed, ...loop].join("\n"));
    expect(printed.trim().split("\n").sort()).to.deep.equal(["three is there", "two is there"]);
    expect(await run(item("one"))).to.equal("a café");
    expect(await run(item("two"))).to.equal("newer");
  });

  itWithEveryCase("copies both to another account", async () => {
    const KEY = await run(
      "aws rds describe-db-instances --region $REGION --db-instance-identifier $DATABASE --query 'DBInstances[0].KmsKeyId' --output text",
    );
    const credentials = (
      await run(
        `aws sts assume-role --region $REGION --role-arn arn:aws:iam::${away}:role/rescue --role-session-name rescue --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text`,
      )
    ).split("\t");
    const [AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN = ""] =
      credentials;
    const there = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN };
    const inAway = async (commands: string): Promise<string> =>
      (await line.run(`${places}\n${commands}`, there)).trim();
    await inAway(
      "aws s3api create-bucket --region $REGION --bucket cafe-away --create-bucket-configuration LocationConstraint=$REGION",
    );
    // moto knows no snapshots of other accounts: one of the same name replaces the shared one.
    await inAway(`
      aws rds create-db-instance --region $REGION --db-instance-identifier stands-in --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --master-username orders --manage-master-user-password
      aws rds create-db-snapshot --region $REGION --db-instance-identifier stands-in --db-snapshot-identifier $DATABASE-away
    `);
    const KEY_THERE = await inAway(
      "aws kms create-key --region $REGION --query KeyMetadata.Arn --output text",
    );
    await timed("share", share, {
      KEY,
      ACCOUNT: away,
      AWAY_BUCKET: "cafe-away",
      TABLE_ARN: `arn:aws:dynamodb:us-west-2:${here}:table/orders-tables-journal-0123456`,
    });
    const file = await inAway(
      "aws s3api list-objects-v2 --region $REGION --bucket cafe-away --query 'Contents[?ends_with(Key, `.gz`)].Key | [0]' --output text",
    );
    await timed("take", take, {
      ...there,
      HERE: here,
      KEY_THERE,
      AWAY_BUCKET: "cafe-away",
      PREFIX: file.replace(/[^/]*$/, ""),
      PARAMETERS_OF_TABLE: JSON.stringify({
        TableName: "journal",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["id", "bodyHash"].map((name) => ({
          AttributeName: name,
          AttributeType: "S",
        })),
        KeySchema: [
          { AttributeName: "id", KeyType: "HASH" },
          { AttributeName: "bodyHash", KeyType: "RANGE" },
        ],
      }),
    });
    const databases = await inAway(
      "aws rds describe-db-instances --region $REGION --query 'DBInstances[].DBInstanceIdentifier' --output text",
    );
    expect(databases.split("\t")).to.include("failover-prod-oregon");
    const count = "aws dynamodb scan --region $REGION --table-name journal --query Count";
    expect(await inAway(`sleep 2; ${count}`)).to.equal("3");
  });
});

describe("the runbook's restore, between two databases", function () {
  this.timeout(300_000);
  const orders = 100_000;
  let workshop: Workshop;
  let line: CommandLine;
  let restored: MariaDb;
  let serving: MariaDb;
  let started = false;

  /** Orders derived from their numbers, as SQL. */
  const insert = (from: number, to: number): string =>
    `INSERT INTO orders SELECT CONCAT(LPAD(seq, 8, '0'), '-0000-4000-8000-000000000000'), CONCAT('{"note":"café ', seq, '"}'), SHA2(seq, 256), seq, FALSE, 'us-west-2', seq FROM seq_${from}_to_${to}`;

  before(async function () {
    needParts(this, [
      "mariadbd",
      "mariadb-install-db",
      "mariadb",
      "mariadb-dump",
      "openssl",
      "bash",
    ]);
    workshop = new Workshop();
    line = new CommandLine();
    started = true;
    [restored, serving] = await Promise.all([
      MariaDb.create(workshop, "restored"),
      MariaDb.create(workshop, "serving"),
    ]);
    const schema = readFileSync(join(__dirname, "../../app/schema.sql"), "utf8");
    for (const database of [restored, serving]) await database.query(schema);
    for (const [name, { socketPath }] of [
      ["restored", restored],
      ["serving", serving],
    ] as const) {
      line.write(`${name}.cnf`, `[client]\nuser=root\nsocket=${socketPath}\n`);
    }
    await restored.query(insert(1, orders));
    // The serving database has lost most of them, and has accepted others since.
    await serving.query(insert(1, 1_000));
    await serving.query(insert(orders + 1, orders + 500));
  });
  after(async () => {
    if (!started) return;
    line.end();
    await workshop.close();
  });

  it("adds what was lost, changes nothing else, and takes seconds", async () => {
    await serving.query("UPDATE orders SET total_cents = 7 WHERE accepted_ms = 1");
    const start = performance.now();
    await line.run(merge);
    const elapsed = (performance.now() - start) / 1_000;
    console.log(`      ${orders} orders dumped and merged in ${elapsed.toFixed(1)} s`);
    const rows = await serving.query(
      "SELECT COUNT(*), SUM(body LIKE '%café%'), SUM(accepted_ms = 1 AND total_cents = 7) FROM orders",
    );
    expect(rows.trim()).to.equal(`${orders + 500}\t${orders + 500}\t1`);
  });

  it("restores wrong rows with --replace, and keeps later orders", async () => {
    await serving.query(`UPDATE orders SET body = 'wrong' WHERE accepted_ms <= ${orders}`);
    await line.run(merge.replace("--insert-ignore", "--replace"));
    const rows = await serving.query("SELECT COUNT(*), SUM(body = 'wrong') FROM orders");
    expect(rows.trim()).to.equal(`${orders + 500}\t0`);
  });
});
