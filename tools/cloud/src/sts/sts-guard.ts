import { createHash } from 'node:crypto'
import type { AccountKeys } from '../server/account-keys.ts'
import type { Guard, PassedCall } from '../server/own-api.ts'
import type { CloudAnswer } from '../wire/messages.ts'

/** STS: who somebody is follows from the access key, and keys that moto gives out are remembered. */
export function stsGuard(keys: AccountKeys): Guard {
  return {
    name: 'sts',
    before: (call) => (call.action === 'GetCallerIdentity' ? whoAmI(call) : undefined),
    after: (call, answer) => learnKey(keys, call, answer),
  }
}

/** Remembers the key in an answer as belonging to the account it was given out for: the role's, or the caller's own. */
export function learnKey(keys: AccountKeys, { accountId }: PassedCall, answer: CloudAnswer): CloudAnswer {
  const text = answer.body.toString()
  const key = /<AccessKeyId>([^<]+)<\/AccessKeyId>/.exec(text)?.[1]
  const account = /arn:aws:sts::(\d{12}):assumed-role\//.exec(text)?.[1] ?? accountId
  if (answer.status === 200 && key !== undefined && account !== '') keys.learn(key, account)
  return answer
}

/** The caller as a user of the account; an assumed role is left to moto, which made it. @source AWS STS API Reference, "GetCallerIdentity" */
function whoAmI({ accountId, accessKeyId }: PassedCall): CloudAnswer | undefined {
  if (!accessKeyId.startsWith('AKIA')) return undefined
  const id = `AIDA${createHash('sha256').update(accountId).digest('hex').slice(0, 17).toUpperCase()}`
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<Arn>arn:aws:iam::${accountId}:user/laptop</Arn><UserId>${id}</UserId><Account>${accountId}</Account>` +
      '</GetCallerIdentityResult><ResponseMetadata><RequestId>laptop</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  }
}
