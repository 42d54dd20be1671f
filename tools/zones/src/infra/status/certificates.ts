import { propertiesOf } from '../../plan/static-identifier.ts'
import type { StatusItem } from '../../plan/status-item.ts'
import { idsOf, type Seen } from './seen.ts'

/** AWS renews certificates by itself two months before their end; one that is closer to it could not be renewed. */
const SOON_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** Each certificate: issued, for all of its names, and not about to end. */
export async function certificateItems({ cloud, stacks, apply }: Seen, nowMs: number): Promise<readonly StatusItem[]> {
  const wanted = stacks.flatMap((stack) =>
    idsOf(stack, 'AWS::CertificateManager::Certificate').map((id) => propertiesOf(stack.wanted.template, id)),
  )
  return Promise.all(
    wanted.map(async ({ DomainName, SubjectAlternativeNames }): Promise<StatusItem> => {
      const first = String(DomainName)
      const names = [first, ...((SubjectAlternativeNames as readonly string[] | undefined) ?? [])]
      const item = { group: 'Certificates', name: names.join(', ') } as const
      const all = await cloud.certificates.of(first)
      const covering = all.filter((one) => names.every((name) => one.names.includes(name)))
      const issued = covering.find(({ status }) => status === 'ISSUED')
      if (issued !== undefined) {
        const days = issued.endsMs === undefined ? Number.POSITIVE_INFINITY : (issued.endsMs - nowMs) / DAY_MS
        if (days > SOON_DAYS) return { ...item, standing: 'right', findings: [], next: '' }
        const why = days < 0 ? 'has ended' : `ends in ${Math.floor(days)} days and was not renewed`
        return {
          ...item,
          standing: 'wrong',
          findings: [why],
          next: 'See in ACM which of its validation records is missing.',
        }
      }
      const [pending] = covering
      if (pending?.status === 'PENDING_VALIDATION') {
        const awaited = pending.awaited.map(({ domain, record }) => `waits for ${record || 'a record'} of ${domain}`)
        return {
          ...item,
          standing: 'waiting',
          findings: awaited,
          next: 'It is issued when the public DNS shows these records: is the domain delegated (see DNS above)?',
        }
      }
      if (pending !== undefined)
        return {
          ...item,
          standing: 'wrong',
          findings: [`is ${pending.status}`],
          next: 'See in ACM why, and delete it there once another one is in use.',
        }
      const missing =
        all.length > 0
          ? [`there is one for ${first} that lacks ${names.filter((name) => !all[0]?.names.includes(name)).join(', ')}`]
          : []
      return { ...item, standing: 'missing', findings: missing, next: apply }
    }),
  )
}
