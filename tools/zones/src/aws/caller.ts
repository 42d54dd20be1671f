import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/**
 * Who acts, as AWS knows them: for locks and records, which are to say it. `jane as sleepconnect-deploy-develop`, or the
 * name of a user.
 * @source AWS IAM User Guide, "IAM identifiers" (ARNs of users and of assumed roles)
 * @throws AwsFailure
 */
export async function callerOf(settings: AwsSettings): Promise<string> {
  const client = failingPlainly('sts', new STSClient(clientOptions(settings)))
  const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}))
  return personIn(Arn)
}

/** `arn:aws:sts::111122223333:assumed-role/deploy/jane` -> `jane as deploy`. */
export function personIn(arn: string): string {
  const [kind = '', ...names] = arn.split(':').slice(5).join(':').split('/')
  if (kind === 'assumed-role') return `${names.slice(1).join('/')} as ${names[0]}`
  return names.at(-1) ?? (kind === 'root' ? "the account's root" : 'somebody')
}
