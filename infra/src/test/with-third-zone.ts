import { scheduling } from '@sax/topology/third-zone'
import type { StageDescription } from '../stage-description.ts'

/** The stage with a zone that this site does not have, after the others or between them. */
export function withThirdZone(described: StageDescription, place: 'last' | 'between' = 'last'): StageDescription {
  const [host, ...carried] = described.zones
  const { name } = scheduling
  return {
    ...described,
    zones: place === 'last' ? [host, ...carried, scheduling] : [host, scheduling, ...carried],
    settings: {
      ...described.settings,
      domains: { ...described.settings.domains, [name]: { name: `${name}-dev.mydreamconnect.com`, aliases: [] } },
    },
    originRoles: {
      ...described.originRoles,
      [`${name}-pages`]: `${name}-server`,
      [`${name}-api-routes`]: `${name}-api-routes`,
    },
    buckets: { ...described.buckets, [name]: `sax-nextjs-us-east-1-develop-${name}-assets` },
  }
}
