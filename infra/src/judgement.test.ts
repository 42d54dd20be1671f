import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CfnBucket } from 'aws-cdk-lib/aws-s3'
import { Stack } from 'aws-cdk-lib/core'
import { afterAll, expect, test } from 'vitest'
import { acknowledgements, recordedId } from './acknowledgements.ts'
import { createJudgedApp } from './judged-app.ts'
import { lintExceptions } from './lint-exceptions.ts'
import { existingDatabase } from './test/existing-database.ts'
import { exampleStage } from './test/synthesized.ts'

interface Finding {
  readonly ruleName: string
  readonly violatingConstructs: readonly { readonly constructPath: string }[]
}
interface Report {
  readonly pluginReports: readonly {
    readonly conclusion: string
    readonly violations: readonly Finding[]
    readonly suppressedViolations?: readonly (Finding & { readonly acknowledgedId: string; readonly reason: string })[]
  }[]
}

const folder = mkdtempSync(join(tmpdir(), 'sax-judged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const develop = exampleStage('develop')
const stages = [
  exampleStage('production'),
  // A stage whose database is somebody else's, which has other resources.
  { ...develop, facts: { ...develop.facts, database: existingDatabase } },
]
createJudgedApp({ stages, routings: ['host', 'edge'], outdir: folder }).synth()
const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as Report
const recorded = report.pluginReports.flatMap(({ suppressedViolations = [] }) => suppressedViolations)

test('CloudFormation’s rules and the HIPAA pack find nothing that nobody has answered for', () => {
  // The pack's report. CloudFormation's own rules, which only warn here, write one when they have something to say.
  expect(report.pluginReports.map(({ conclusion }) => conclusion)).toEqual(['success'])
  expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([])
})

test('every acknowledgement says since when and why, and is on record', () => {
  expect(recorded.filter(({ reason }) => !/^\d{4}-\d\d-\d\d: \S.{30,}/.test(reason))).toEqual([])
  expect(new Set(recorded.map(({ acknowledgedId }) => acknowledgedId))).toEqual(
    new Set([
      'HIPAA.Security::HIPAA.Security-LambdaDLQ',
      'HIPAA.Security::HIPAA.Security-LambdaInsideVPC',
      'HIPAA.Security::HIPAA.Security-RDSInBackupPlan',
      'HIPAA.Security::HIPAA.Security-S3BucketReplicationEnabled',
      'HIPAA.Security::HIPAA.Security-S3DefaultEncryptionKMS',
      'HIPAA.Security::HIPAA.Security-SecretsManagerRotationEnabled',
      'HIPAA.Security::HIPAA.Security-VPCDefaultSecurityGroupClosed',
      'HIPAA.Security::HIPAA.Security-VPCNoUnrestrictedRouteToIGW',
    ]),
  )
})

test.each(acknowledgements)('the acknowledgement of $rule for $ids still meets a finding', (one) => {
  const met = recorded.filter(
    ({ acknowledgedId, violatingConstructs }) =>
      acknowledgedId === recordedId(one) &&
      violatingConstructs.some(({ constructPath }) => one.ids.test(constructPath.split('/').at(-1) ?? '')),
  )
  expect(met.length).toBeGreaterThan(0)
})

test('a bucket that nobody secured stops the synthesis', { timeout: 60_000 }, () => {
  const outdir = join(folder, 'open')
  const app = createJudgedApp({ stages: [], routings: [], outdir })
  new CfnBucket(new Stack(app, 'Open'), 'OpenBucket', { bucketName: 'open-bucket' })
  expect(() => app.synth()).toThrow('does not prohibit public write access')
})

const cfnLint = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' })
/** On a build machine a missing tool is an error and never a reason to leave a test out. */
const isBuildMachine = !['', 'false'].includes(process.env.CI ?? '')

interface LintFinding {
  readonly Rule: { readonly Id: string }
  readonly Location: { readonly Path: readonly (string | number)[] }
}

test.runIf(cfnLint.status === 0 || isBuildMachine)(
  'cfn-lint finds what is excepted with a reason, and nothing else',
  { timeout: 60_000 },
  () => {
    const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'))
    expect(templates).toHaveLength(6)
    const { error, stdout } = spawnSync('cfn-lint', ['--format', 'json', ...templates], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(error).toBeUndefined()
    const found = (JSON.parse(stdout) as readonly LintFinding[]).map(({ Rule, Location: { Path } }) => ({
      check: Rule.Id,
      place: `${Path[1]}.${Path[3]}`,
    }))
    const meets = (one: (typeof found)[number], { check, place }: (typeof lintExceptions)[number]) =>
      one.check === check && place.test(one.place)
    expect(found.filter((one) => !lintExceptions.some((exception) => meets(one, exception)))).toEqual([])
    expect(lintExceptions.filter((exception) => !found.some((one) => meets(one, exception)))).toEqual([])
  },
)
