import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { Answer, Question } from 'dns-packet'
import { absolute } from '../route53/names.ts'
import type { Zone, Zones } from '../route53/zones.ts'

/** `NXDOMAIN`: nobody answers for the name, or nothing has it. */
export interface Reply {
  readonly code: 'NOERROR' | 'NXDOMAIN'
  readonly answers: readonly Answer[]
}

/** So many CNAMEs are followed. */
const CHAIN_LIMIT = 8

/** What the internet's DNS would say, going by the hosted zones that are delegated. */
export function answerQuestion(zones: Zones, { name, type }: Question): Reply {
  const answers: Answer[] = []
  let asked = absolute(name)
  for (let step = 0; step < CHAIN_LIMIT; step++) {
    const zone = zones.answering(asked)
    if (zone === undefined) return { code: step === 0 ? 'NXDOMAIN' : 'NOERROR', answers }
    const records = recordsOf(zone, asked)
    const fitting = records.filter((record) => record.Type === type)
    answers.push(...fitting.flatMap((record) => written(asked, record)))
    const alias = records.find((record) => record.Type === 'CNAME')
    if (fitting.length > 0 || alias === undefined) {
      const exists = records.length > 0 || zone.records.some((record) => record.Name?.endsWith(`.${asked}`))
      return { code: exists || step > 0 ? 'NOERROR' : 'NXDOMAIN', answers }
    }
    answers.push(...written(asked, alias))
    asked = absolute(alias.ResourceRecords?.[0]?.Value ?? '')
  }
  return { code: 'NOERROR', answers }
}

/** The records of a name; where it has none, those of the wildcard above it. */
function recordsOf(zone: Zone, name: string): readonly ResourceRecordSet[] {
  const own = zone.records.filter((record) => record.Name === name)
  const wildcard = name.replace(/^[^.]+/, '\\052')
  return own.length > 0 ? own : zone.records.filter((record) => record.Name === wildcard)
}

function written(asked: string, record: ResourceRecordSet): readonly Answer[] {
  const name = asked.slice(0, -1)
  const ttl = record.TTL ?? 60
  // Whatever an alias leads to is on this machine.
  if (record.AliasTarget !== undefined) {
    if (record.Type === 'A') return [{ name, ttl, type: 'A', data: '127.0.0.1' }]
    return record.Type === 'AAAA' ? [{ name, ttl, type: 'AAAA', data: '::1' }] : []
  }
  return (record.ResourceRecords ?? []).flatMap(({ Value = '' }): readonly Answer[] => {
    switch (record.Type) {
      case 'A':
      case 'AAAA':
        return [{ name, ttl, type: record.Type, data: Value }]
      case 'CNAME':
      case 'NS':
        return [{ name, ttl, type: record.Type, data: Value.replace(/\.$/, '') }]
      case 'TXT':
        return [
          { name, ttl, type: 'TXT', data: [...Value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text) },
        ]
      default:
        return []
    }
  })
}
