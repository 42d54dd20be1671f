import { zones } from '@sax/topology'
import { judge } from './owed.ts'
import { ask, type Probe, readersOf } from './probe.ts'
import { functionUrlDoor, type StageFacts } from './stage-facts.ts'

/** Nobody reaches an origin but through its distribution, where the firewall stands. */
export function originProbes({ functionUrls, buckets }: StageFacts): readonly Probe[] {
  return [...functionUrls.map(closedFunction), ...buckets.map(closedBucket)]
}

function closedFunction(role: string): Probe {
  return {
    id: `origins.function-url.${role}`,
    group: 'origins',
    title: `The address of ${role} itself answers nobody but the distribution`,
    incidents: ['S12'],
    *course() {
      // A path that answers anyone, so that it is the address that refuses and not a missing session.
      const path = zones.find(({ basePath }) => basePath !== '' && role.startsWith(basePath.slice(1)))?.healthPath
      const answer = yield* ask({ kind: 'http', door: functionUrlDoor(role), path: path ?? zones[0].healthPath })
      return judge(`${role} asked directly`, answer, { status: [403] })
    },
  }
}

function closedBucket(zone: string): Probe {
  return {
    id: `origins.bucket.${zone}`,
    group: 'origins',
    title: `The bucket of ${zone} is read by nobody but the distributions`,
    incidents: ['R6', 'S12'],
    *course() {
      const prefix = zones.find(({ name }) => name === zone)?.assetPrefix ?? ''
      const path = `${prefix}/_next/static/chunks/0000000000000000.js`
      const { blocksPublic, directStatus } = yield* readersOf({ kind: 'bucket', zone, path })
      return [
        ...(blocksPublic ? [] : [`bucket of ${zone}: does not block public access`]),
        // A bucket that may be listed says 404 of what it does not have; one that may not says 403.
        ...(directStatus === undefined || directStatus === 403
          ? []
          : [`bucket of ${zone} asked directly: answered ${directStatus}, owed 403`]),
      ]
    },
  }
}
