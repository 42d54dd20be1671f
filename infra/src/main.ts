import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stageNames } from '@sax/topology'
import { type AccountFacts, AccountFactsError, isDeployedStage, parseAccountFacts } from './account-facts.ts'
import { exampleFacts } from './example-facts.ts'
import { createJudgedApp } from './judged-app.ts'
import { describeStage } from './stage-description.ts'

/** Templates of every stage in both routing modes, judged: with the facts it has, else with the example's. */
const outdir = fileURLToPath(new URL('../cdk.out', import.meta.url))
const deployed = stageNames.filter(isDeployedStage)

process.exitCode = synthesize()

function synthesize(): number {
  try {
    const stages = deployed.map((stage) => describeStage(stage, ownFacts(stage) ?? exampleFacts(stage)))
    const { stacks } = createJudgedApp({ stages, routings: ['host', 'edge'], outdir }).synth()
    for (const { templateFile } of stacks) process.stdout.write(`infra/cdk.out/${templateFile}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof AccountFactsError)) throw error
    process.stderr.write(`${error.message}. Examples: infra/examples/\n`)
    return 2
  }
}

/** Facts a person has given for `stage`, or undefined. */
function ownFacts(stage: string): AccountFacts | undefined {
  const path = `packages/topology/accounts/${stage}.json`
  const file = new URL(`../../${path}`, import.meta.url)
  if (!existsSync(file)) return undefined
  try {
    return parseAccountFacts(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof AccountFactsError) throw new AccountFactsError(error.code, `${path}: ${error.message}`)
    throw error
  }
}
