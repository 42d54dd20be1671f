import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AccountFactsError, createApp, parseAccountFacts } from './app.ts'

const [file] = process.argv.slice(2)
const outdir = fileURLToPath(new URL('../cdk.out', import.meta.url))

process.exitCode =
  file === undefined || !existsSync(file) ? refused('Give the file with the facts of each stage.') : synthesize(file)

function synthesize(path: string): number {
  try {
    const { stacks } = createApp({
      accounts: parseAccountFacts(readFileSync(path, 'utf8')),
      outdir,
      judged: true,
    }).synth()
    for (const { templateFile } of stacks) process.stdout.write(`infra/cdk.out/${templateFile}\n`)
    return 0
  } catch (error) {
    if (error instanceof AccountFactsError) return refused(`${path}: ${error.message}.`)
    throw error
  }
}

function refused(reason: string): number {
  process.stderr.write(`${reason} An example: infra/src/test/example-facts.json\n`)
  return 2
}
