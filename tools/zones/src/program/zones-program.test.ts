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
