import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** Who the credentials belong to. The ARN stays here: its last part is often somebody's name. */
export interface Identity {
  /** Twelve digits. @throws AwsFailure */
  accountId(): Promise<string>
}

export function createIdentity(settings: AwsSettings): Identity {
  const client = failingPlainly('sts', new STSClient(clientOptions(settings)))
  return {
    async accountId() {
      const { Account } = await client.send(new GetCallerIdentityCommand({}))
      return Account ?? ''
    },
  }
}
