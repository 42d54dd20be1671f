import { secretId, secretNames } from '@sax/infra/secrets'
import type { StatusItem } from '../../plan/status-item.ts'
import type { Seen } from './seen.ts'

/** Each secret: whether it is there and holds a value. Values are not read. */
export async function secretItems({ cloud, stage, apply }: Seen): Promise<readonly StatusItem[]> {
  return Promise.all(
    secretNames.map(async (name): Promise<StatusItem> => {
      const item = { group: 'Secrets', name: secretId(stage, name) } as const
      const secret = await cloud.secretDescriptions.of(item.name)
      if (secret === undefined) return { ...item, standing: 'missing', findings: [], next: apply }
      if (secret.isBeingDeleted) {
        return {
          ...item,
          standing: 'wrong',
          findings: ['is being deleted'],
          next: `aws secretsmanager restore-secret --secret-id ${item.name}`,
        }
      }
      if (!secret.hasValue)
        return {
          ...item,
          standing: 'wrong',
          findings: ['holds no value'],
          next: `npx zones secrets set ${stage} ${name}`,
        }
      return { ...item, standing: 'right', findings: [], next: '' }
    }),
  )
}
