import { AwsFailure } from '../aws/aws-failure.ts'
import { type SecretsCheckPorts, secretsCheck } from '../commands/secrets-check.ts'
import type { Judged } from './ports.ts'

/** Whether all that read a secret read the same one, as far as these credentials may know. */
export async function judgeSecrets(stage: string, ports: SecretsCheckPorts): Promise<Judged> {
  let isDenied = false
  const store: SecretsCheckPorts['store'] = {
    ...ports.store,
    state: async (id) => {
      try {
        return await ports.store.state(id)
      } catch (error) {
        if (error instanceof AwsFailure && error.code === 'denied') isDenied = true
        throw error
      }
    },
  }
  const outcome = await secretsCheck({ stage, json: false }, { ...ports, store })
  if (outcome.kind === 'done') return { kind: 'good', told: 'all that read a secret read the same one' }
  if (!isDenied) return { kind: 'bad', reason: outcome.reason }
  // A role that releases may not read secrets, on purpose.
  const told =
    'These credentials read no secrets. That host, zone and backend read the same one shows when the new versions are tried with a token of the host.'
  return { kind: 'unreadable', told }
}
