import type { Zone } from '@sax/topology'
import { isRecord, jsonBody, judge } from './owed.ts'
import { askAll, type Finding, type Probe } from './probe.ts'
import { HOST_DOOR } from './question.ts'

/**
 * What the site owes for each carried zone, made from the zone's entry in the topology and nothing else: whichever
 * zone is added is asked for from that moment on.
 */
export function zoneProbes(carried: readonly Zone[]): readonly Probe[] {
  return carried.flatMap((zone) => [answersItself(zone), answersAnonymously(zone), countsCase(zone)])
}

function answersItself(zone: Zone): Probe {
  return {
    id: `zones.${zone.name}.owner`,
    group: 'zones',
    title: `On the host's name and on its own, the paths of ${zone.name} are answered by ${zone.name}`,
    incidents: ['R2', 'R14'],
    *course() {
      const names = [HOST_DOOR, zone.name]
      const answers = yield* askAll(names.map((door) => ({ kind: 'http', door, path: zone.healthPath })))
      return answers.flatMap((answer, i): readonly Finding[] => {
        const what = `${zone.healthPath} at ${names[i]}`
        const body = jsonBody(answer)
        const part = isRecord(body) && isRecord(body.data) ? body.data.part : undefined
        const findings = judge(what, answer, { status: [200] })
        return part === zone.name ? findings : [...findings, `${what}: answered by another than ${zone.name}`]
      })
    },
  }
}

function answersAnonymously(zone: Zone): Probe {
  const paths = [zone.basePath, `${zone.basePath}/a-page-nobody-declared`]
  return {
    id: `zones.${zone.name}.bare-path`,
    group: 'zones',
    title: `Without a session ${zone.basePath} leads to sign-in like every page below it`,
    incidents: ['R5', 'R11'],
    *course() {
      const answers = yield* askAll(paths.map((path) => ({ kind: 'http', door: HOST_DOOR, path })))
      return answers.flatMap((answer, i) =>
        judge(paths[i] ?? '', answer, { status: [302], headers: { location: /\/login\?/ } }),
      )
    },
  }
}

function countsCase(zone: Zone): Probe {
  const paths = [zone.basePath, `${zone.basePath}/api/x`, `${zone.assetPrefix}/x.js`].map((path) => path.toUpperCase())
  return {
    id: `zones.${zone.name}.case`,
    group: 'zones',
    title: `In capital letters the paths of ${zone.name} are nobody's`,
    incidents: ['R13'],
    *course() {
      const answers = yield* askAll(paths.map((path) => ({ kind: 'http', door: HOST_DOOR, path })))
      return answers.flatMap((answer, i) => judge(paths[i] ?? '', answer, { status: [404] }))
    },
  }
}
