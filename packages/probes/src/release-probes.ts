import { host, outreach, outreachApiPath } from '@sax/topology'
import { isRecord, jsonBody, judge } from './owed.ts'
import { askAll, type Finding, type Probe } from './probe.ts'
import type { HttpAnswer, HttpQuestion } from './question.ts'

/** Health answers of every part, through the door that shows it. */
const questions: readonly HttpQuestion[] = [
  { kind: 'http', door: 'host', path: host.healthPath },
  { kind: 'http', door: 'host', path: outreach.healthPath },
  { kind: 'http', door: 'outreach', path: outreach.healthPath },
  { kind: 'http', door: 'host', path: outreachApiPath('health') },
  { kind: 'http', door: 'outreach', path: outreachApiPath('health') },
]

/** Which release answers: every part says so, and the same one behind both names. */
export const releaseProbes: readonly Probe[] = [
  {
    id: 'release.named',
    group: 'release',
    title: 'Every part says that it is well, what it is and which release it runs',
    incidents: ['D7', 'D11'],
    *course() {
      const answers = yield* askAll(questions)
      return answers.flatMap((answer, index) => {
        const what = `${questions[index]?.path} at ${questions[index]?.door}`
        const findings: Finding[] = [
          ...judge(what, answer, { status: [200], headers: { 'cache-control': /\bno-store\b/ } }),
        ]
        const health = healthOf(answer)
        if (!health) return [...findings, `${what}: not a health answer`]
        if (health.status !== 'ok') findings.push(`${what}: the part says it is ${health.status}`)
        if (!health.release) findings.push(`${what}: no release`)
        return findings
      })
    },
  },
  {
    id: 'release.contracts-agree',
    group: 'release',
    title: 'Every part says which contracts it speaks, and those that speak the same one agree on its version',
    incidents: ['D9'],
    *course() {
      return contractFindings(yield* askAll(questions))
    },
  },
  {
    id: 'release.same-behind-both-names',
    group: 'release',
    title: 'Both names show the same release of the zone',
    incidents: ['D16'],
    *course() {
      const answers = yield* askAll(questions.filter((question) => question.path === outreach.healthPath))
      const releases = new Set(answers.map((answer) => healthOf(answer)?.release))
      return releases.size === 1 ? [] : [`the two names show ${releases.size} releases`]
    },
  },
]

/** How parts that speak the same contract differ in its version. A zone that names none cannot be released in a set. */
function contractFindings(answers: readonly HttpAnswer[]): readonly Finding[] {
  const spoken = new Map<string, Map<number, string>>()
  const findings: Finding[] = []
  answers.forEach((answer, index) => {
    const what = `${questions[index]?.path} at ${questions[index]?.door}`
    const contracts = contractsOf(answer)
    if (contracts.length === 0) findings.push(`${what}: names no contract`)
    for (const [name, version] of contracts) {
      const versions = spoken.get(name) ?? new Map<number, string>()
      spoken.set(name, versions.set(version, versions.get(version) ?? what))
    }
  })
  for (const [name, versions] of spoken) {
    if (versions.size < 2) continue
    const said = [...versions].map(([version, what]) => `${version} (${what})`)
    findings.push(`contract ${name} is spoken in versions ${said.join(' and ')}`)
  }
  return findings
}

function contractsOf(answer: HttpAnswer): readonly (readonly [name: string, version: number])[] {
  const body = jsonBody(answer)
  if (!isRecord(body) || !isRecord(body.data) || !isRecord(body.data.contracts)) return []
  return Object.entries(body.data.contracts).flatMap(([name, version]) =>
    typeof version === 'number' ? [[name, version] as const] : [],
  )
}

function healthOf(answer: HttpAnswer): { readonly status: string; readonly release: string } | undefined {
  const body = jsonBody(answer)
  if (!isRecord(body) || !isRecord(body.data)) return undefined
  const { status, release } = body.data
  return typeof status === 'string' && typeof release === 'string' ? { status, release } : undefined
}
