import { GetOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface IdentityProviders {
  /** Whether the account trusts this issuer already, for example `token.actions.githubusercontent.com`. @throws AwsFailure */
  exists(accountId: string, issuer: string): Promise<boolean>
}

export function createIdentityProviders(settings: AwsSettings): IdentityProviders {
  const client = failingPlainly('iam', new IAMClient(clientOptions(settings)))
  return {
    async exists(accountId, issuer) {
      try {
        await client.send(
          new GetOpenIDConnectProviderCommand({
            OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/${issuer}`,
          }),
        )
        return true
      } catch (error) {
        if (isRefusedAs(error, 'NoSuchEntity', 'NoSuchEntityException')) return false
        throw error
      }
    },
  }
}
