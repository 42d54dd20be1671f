import { join } from 'node:path'
import type { InfraCheckPorts } from './check-ports.ts'
import type { Judgement } from './judgement.ts'

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly unknown[]
    readonly suppressedViolations?: readonly unknown[]
  }[]
}

/** Synthesizes every stage in both routing modes; CloudFormation's own rules and the HIPAA pack judge while it does. */
export async function judgeSynthesis({ run, node, read }: InfraCheckPorts): Promise<Judgement> {
  const { exitCode, stdout, stderr } = await run(node, ['infra/src/main.ts'])
  const templates = templatesIn(stdout)
  if (exitCode !== 0 || templates.length === 0) {
    return { kind: 'bad', says: 'the synthesis failed', findings: [`${stdout}${stderr}`.trim()] }
  }
  const { pluginReports } = JSON.parse(read('infra/cdk.out/validation-report.json')) as Report
  const found = pluginReports.reduce((sum, { violations }) => sum + violations.length, 0)
  const answered = pluginReports.reduce((sum, { suppressedViolations = [] }) => sum + suppressedViolations.length, 0)
  return {
    kind: found === 0 ? 'good' : 'bad',
    says: `${templates.length} templates, ${found} findings, ${answered} acknowledged with a reason`,
    findings: found === 0 ? [] : ['infra/cdk.out/validation-report.json has findings that nobody has answered for.'],
  }
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly properties?: { readonly templateFile?: string } }>>
}

interface LintFinding {
  readonly Filename: string
  readonly Message: string
  readonly Rule: { readonly Id: string }
  readonly Location: { readonly Path: readonly (string | number)[] | null }
}

/** cfn-lint over the synthesized templates; what it does not know yet is excepted one place at a time. */
export async function judgeCfnLint({
  run,
  node,
  read,
  lintExceptions,
  isBuildMachine,
}: InfraCheckPorts): Promise<Judgement> {
  const { exitCode: version } = await run('cfn-lint', ['--version'])
  if (version !== 0) {
    const says = 'cfn-lint is not installed (pip install cfn-lint==1.51.0)'
    return { kind: isBuildMachine ? 'bad' : 'left out', says, findings: isBuildMachine ? [says] : [] }
  }
  const { artifacts } = JSON.parse(read('infra/cdk.out/manifest.json')) as Manifest
  const names = Object.values(artifacts).flatMap(({ properties }) => properties?.templateFile ?? [])
  const { stdout, stderr, exitCode } = await run('cfn-lint', [
    '--format',
    'json',
    ...names.map((name) => `infra/cdk.out/${name}`),
  ])
  const all = parsed(stdout)
  if (all === undefined)
    return {
      kind: 'bad',
      says: `ended with ${exitCode}`,
      findings: [stderr.trim() || `${node}: cfn-lint printed no report`],
    }
  const open = all.filter(({ Rule, Location }) => {
    const place = `${Location.Path?.[1] ?? ''}.${Location.Path?.[3] ?? ''}`
    return !lintExceptions.some((exception) => exception.check === Rule.Id && exception.place.test(place))
  })
  return {
    kind: open.length === 0 ? 'good' : 'bad',
    says: `${names.length} templates, ${open.length} findings, ${all.length - open.length} excepted with a reason`,
    findings: open.map(
      ({ Filename, Rule, Message, Location }) =>
        `${Filename}: ${Rule.Id} ${Location.Path?.join('.') ?? ''}: ${Message}`,
    ),
  }
}

interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** The tests beside the CDK app: assertions, stability, least privilege. Its path and no word of it: tests elsewhere run this check. */
export async function judgeTests({ run, node, read, scratch }: InfraCheckPorts): Promise<Judgement> {
  const file = join(scratch, 'assertions.json')
  const { exitCode, stdout, stderr } = await run(node, [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'],
    ...['--reporter=json', `--outputFile.json=${file}`, 'infra/src/'],
  ])
  const report = reportIn(() => read(file))
  if (report === undefined)
    return { kind: 'bad', says: `ended with ${exitCode}`, findings: [`${stdout}${stderr}`.trim()] }
  const failed = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  )
  return {
    kind: exitCode === 0 && report.numPassedTests > 0 ? 'good' : 'bad',
    says: `${report.numPassedTests} hold, ${report.numFailedTests} do not`,
    findings: failed.map(
      ({ fullName, failureMessages }) => `${fullName}\n  ${failureMessages.join('\n  ').slice(0, 2_000)}`,
    ),
  }
}

function templatesIn(stdout: string): readonly string[] {
  return stdout.split('\n').filter((line) => line.endsWith('.template.json'))
}

function parsed(text: string): readonly LintFinding[] | undefined {
  try {
    return JSON.parse(text) as readonly LintFinding[]
  } catch {
    return undefined
  }
}

/** Undefined: the program ended before it could write one. */
function reportIn(read: () => string): TestReport | undefined {
  try {
    return JSON.parse(read()) as TestReport
  } catch {
    return undefined
  }
}
