import type { InfraCheckPorts } from '../infra/check-ports.ts'
import { factsRefusal } from '../infra/facts-file.ts'
import { judgeBaselines } from '../infra/judge-baselines.ts'
import { judgeCfnLint, judgeSynthesis, judgeTests } from '../infra/judge-programs.ts'
import type { Judgement } from '../infra/judgement.ts'
import type { Outcome } from '../outcome.ts'

/** Proves the infrastructure before anybody applies it: no account is needed, and nothing is asked over the network. */
export async function infraCheck(ports: InfraCheckPorts): Promise<Outcome> {
  for (const stage of ports.stages) {
    const file = ports.facts(stage)
    if (file.kind === 'wrong') return { kind: 'bad-input', reason: factsRefusal(stage, file) }
  }
  const startedMs = ports.nowMs()
  // The tests take as long as all the rest together, and there are two cores.
  const tests = judgeTests(ports)
  const judged: Judgement[] = []
  const judge = async (title: string, work: () => Promise<Judgement>) => {
    const step = ports.progress.step(title)
    const judgement = await work()
    judged.push(judgement)
    const text = `${title}: ${judgement.says}`
    await (judgement.kind === 'bad' ? step.failed(text) : step.done(text))
  }
  await judge('Templates of every stage, HIPAA pack', () => judgeSynthesis(ports))
  await judge('cfn-lint', () => judgeCfnLint(ports))
  await judge('zones lint over the templates', () => judgeLint(ports))
  await judge('Changes against the baselines', async () => judgeBaselines(ports))
  await judge('Assertions about the templates', () => tests)
  const bad = judged.filter(({ kind }) => kind === 'bad')
  const seconds = ((ports.nowMs() - startedMs) / 1000).toFixed(1)
  const { green, red, yellow } = ports.palette
  const leftOut = judged.filter(({ kind }) => kind === 'left out').map(({ says }) => yellow(`Left out: ${says}`))
  const findings = bad.flatMap((one) => one.findings)
  if (bad.length > 0) {
    return {
      kind: 'failed',
      text: [...findings, ...leftOut].join('\n'),
      reason: red(`${bad.length} of ${judged.length} judgements are bad (${seconds} s).`),
    }
  }
  return {
    kind: 'done',
    text: [...leftOut, green(`The infrastructure may be applied as it is (${seconds} s).`)].join('\n'),
  }
}

/** The templates as the front door and the checklist see them: who owns every path, in every stage and routing mode. */
async function judgeLint({ lint }: InfraCheckPorts): Promise<Judgement> {
  const outcome = await lint()
  if (outcome.kind === 'done') return { kind: 'good', says: 'every path has its owner', findings: [] }
  const findings = outcome.kind === 'failed' ? [outcome.text, outcome.reason] : [outcome.reason]
  return { kind: 'bad', says: 'see below', findings: findings.filter((text) => text !== '') }
}
