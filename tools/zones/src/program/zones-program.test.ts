import { readdirSync, readFileSync } from 'node:fs'
import { repositoryRoot } from '@sax/local/settings'
import { type Command, CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import { lines, nextOf } from '../checklist/lines.ts'
import { symptomNames } from '../doctor/symptom-names.ts'
import { symptoms } from '../doctor/symptoms.ts'
import { well } from '../doctor/test/good-observations.ts'
import { type Leaf, mendOf, type Tree } from '../doctor/tree.ts'
import type { CommandLine } from './command-line.ts'
import { zonesProgram } from './zones-program.ts'

const line = { env: { accountsRoot: '/nowhere' }, palette: {}, nowMs: () => 0 } as unknown as CommandLine

/** The command line with commands that do nothing: what is left is how they are called. */
function idle(said: string[] = []): Command {
  const program = zonesProgram(line)
  const every = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(every)]
  for (const command of every(program)) {
    command.exitOverride().configureOutput({ writeOut: (text) => said.push(text), writeErr: (text) => said.push(text) })
    if (command.commands.length === 0) command.action(() => undefined)
  }
  return program
}

/** What the command line says of words that it does not take. Undefined: it takes them. */
async function refusalOf(words: readonly string[]): Promise<string | undefined> {
  const said: string[] = []
  try {
    await idle(said).parseAsync(words, { from: 'user' })
    return undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return said.join('')
  }
}

/** Words of a command as somebody would type them. */
function typed(command: string): readonly string[] {
  return [...command.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word).slice(2)
}

describe('every command that is told to people can be typed', () => {
  const leaves = (tree: Tree): readonly Leaf[] =>
    tree.kind === 'leaf' ? [tree] : [...leaves(tree.yes), ...leaves(tree.no)]
  const mends = ['develop', 'local'].flatMap((stage) =>
    symptomNames.flatMap((symptom) =>
      leaves(symptoms[symptom].tree).map((one) => [`${symptom}, ${one.id}`, mendOf(one, { ...well, stage })] as const),
    ),
  )
  const nexts = ['develop', 'local'].flatMap((stage) => lines.map((one) => [one.id, nextOf(one, stage)] as const))

  test.each(mends.filter(([, mend]) => mend.startsWith('npx zones ')))('by the doctor: %s: %s', async (_of, mend) => {
    expect(await refusalOf(typed(mend))).toBeUndefined()
  })

  test.each(nexts)('by the checklist: %s: %s', async (_id, next) => {
    expect(await refusalOf(typed(next))).toBeUndefined()
  })

  test('and on a laptop, which has no account, none of them asks for one', () => {
    const told = [...mends, ...nexts].map(([, command]) => command).filter((command) => / local\b/.test(command))
    expect(told.length).toBeGreaterThan(10)
    expect(told.filter((command) => !/^npx zones (?:verify|doctor|lint --stage) local/.test(command))).toEqual([])
  })

  test.each(documented())('by the documents: %s: %s', async (_file, command) => {
    expect(await refusalOf(typed(command))).toBeUndefined()
  })
})

/** Commands on lines of their own in the documents' blocks of code, and those that the workflows run. */
function documented(): readonly (readonly [file: string, command: string])[] {
  const folders = ['', 'docs/', 'docs/runbooks/', '.github/workflows/']
  const files = folders.flatMap((folder) =>
    readdirSync(`${repositoryRoot}/${folder}`)
      .filter((name) => /\.(md|yml)$/.test(name))
      .map((name) => `${folder}${name}`),
  )
  return files.flatMap((file) =>
    [
      ...readFileSync(`${repositoryRoot}/${file}`, 'utf8')
        // What the reader puts in, `<the release>`, is a word.
        .replaceAll(/<\w[^<>\n]*>/g, 'WORD')
        .matchAll(/^ *(?:(?:- )?run: )?(?:[A-Z_]+=\S+ )?(npx zones [^#<>|\n]*[^#<>|\s])/gm),
    ].map(([, command = '']) => [file, command] as const),
  )
}

test('a command with a flag that there is not is found', async () => {
  expect(await refusalOf(typed('npx zones rollback develop --dry-run'))).toContain("unknown option '--dry-run'")
  expect(await refusalOf(typed('npx zones deploy develop'))).toContain('--artefact')
  expect(documented().length).toBeGreaterThan(20)
})

test.each(['deploy develop --artefact x', 'promote develop staging', 'rollback develop', 'prune develop'])(
  '%s takes a time for the lock that makes sense, and refuses any other',
  async (command) => {
    for (const time of ['1', '60', '3600']) {
      expect(await refusalOf([...command.split(' '), '--lock-ttl', time])).toBeUndefined()
    }
    for (const time of ['0', '-5', '1.5', '3601', 'soon', '']) {
      expect(await refusalOf([...command.split(' '), '--lock-ttl', time]), time).toContain(
        'It is a whole number of seconds from 1 to 3600.',
      )
    }
  },
)

test('the symptoms that the doctor can be given are in its help', async () => {
  const help = await refusalOf(['doctor', '--help'])
  for (const symptom of symptomNames) expect(help).toContain(symptom)
})

const DEPLOY = 'deploy production --artefact x'

test.each<[command: string, idle: string, why: string]>([
  [`${DEPLOY} --because reasons`, '--because', 'no gate is left out'],
  [`${DEPLOY} --confirm-without-gate production/x`, '--confirm-without-gate', 'no gate is left out'],
  ['promote staging production --because reasons', '--because', 'no gate is left out'],
  [`${DEPLOY} --dry-run --lock-ttl 60`, '--lock-ttl', 'with --dry-run nothing is locked'],
  ['promote staging production --dry-run --lock-ttl 60', '--lock-ttl', 'with --dry-run nothing is locked'],
  ['prune develop --dry-run --lock-ttl 60', '--lock-ttl', 'with --dry-run nothing is locked'],
  ['verify local --quick', '--quick', 'it is for a stage in AWS'],
  ['verify local --release r1', '--release', 'it is for a stage in AWS'],
  ['verify local --credentials people.json', '--credentials', 'it is for a stage in AWS'],
  ['verify develop --data-dir .local', '--data-dir', 'the data of develop lie in AWS'],
  ['verify develop --quick --credentials people.json', '--credentials', 'with --quick nobody signs in'],
  ['verify develop --no-browser --credentials people.json', '--credentials', 'without a browser nobody signs in'],
  ['doctor staging --data-dir .local', '--data-dir', 'the data of staging lie in AWS'],
  ['checklist local --credentials people.json', '--credentials', 'it is for a stage in AWS'],
  ['checklist staging --data-dir .local', '--data-dir', 'the data of staging lie in AWS'],
  ['lint --json --sarif', '--json', 'with --sarif the findings are printed as SARIF'],
  ['practices set develop --from x --dry-run --yes', '--yes', 'with --dry-run nothing is changed'],
  ['secrets rotate develop session --status --yes', '--yes', 'with --status nothing is done'],
  ['secrets rotate develop auth0 --status --stdin', '--stdin', 'with --status nothing is done'],
])('what would have no effect is refused: %s', async (command, idle, why) => {
  expect(await refusalOf(command.split(' '))).toBe(
    `error: ${idle} has no effect: ${why}. Leave it out; nothing was done.\n`,
  )
})

test.each([
  `${DEPLOY} --without-gate test --because reasons --confirm-without-gate production/x --lock-ttl 5`,
  'deploy develop --artefact x --dry-run --without-gate test --because reasons',
  'prune develop --json --dry-run',
  'prune develop --json --lock-ttl 5',
  'verify local --no-browser --data-dir .local --json --report x --junit y',
  'verify develop --quick --no-browser --release r1',
  'verify develop --credentials people.json --release r1',
  'doctor local --data-dir .local --symptom 502',
  'checklist local --data-dir .local --out x',
  'checklist develop --credentials people.json',
  'lint --sarif',
  'secrets rotate develop auth0 --stdin --yes',
  'secrets rotate develop auth0 --status --again',
])('what has an effect is taken: %s', async (command) => {
  expect(await refusalOf(command.split(' '))).toBeUndefined()
})

test('what may be repeated says so, and begins with nothing', async () => {
  const help = (await refusalOf(['deploy', '--help']))?.replaceAll(/\s+/g, ' ')
  expect(help).toContain('--without-gate <name> leave this gate out, with --because; may be repeated (default: none)')
})
