import { AwsFailure } from '../aws/aws-failure.ts'
import type { Detected } from './ask-facts.ts'
import type { Cloud } from './cloud.ts'

/** What the account tells by itself, for whoever is signed in; nothing where nobody is, which is no fault at this point. */
export async function detectFacts({ identity, route53 }: Pick<Cloud, 'identity' | 'route53'>): Promise<Detected> {
  try {
    const accountId = await identity.accountId()
    const zones = (await route53.hostedZones()).filter(({ isPrivate }) => !isPrivate)
    return { accountId, hostedZones: Object.fromEntries(zones.map(({ domain, id }) => [domain, id])) }
  } catch (error) {
    if (error instanceof AwsFailure) return { accountId: undefined, hostedZones: {} }
    throw error
  }
}
