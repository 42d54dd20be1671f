import type { DeployedStage } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import { stackName } from '@sax/infra/names'
import { secretId, secretNames, secrets } from '@sax/infra/secrets'
import { assetBucketName, hostUrl, stages, zones } from '@sax/topology'

const deployed: readonly DeployedStage[] = ['develop', 'staging', 'production']

/** Parts of the runbook that repeat the topology, by the name of their place in it. Markdown. */
export function generatedBlocks(): Readonly<Record<string, string>> {
  return {
    names: table(
      ['', ...deployed],
      [
        ...zones.map(({ name }) => [
          `${name} answers under`,
          ...deployed.map((stage) => {
            const { name: domain, aliases } = stages[stage].domains[name]
            return [domain, ...aliases].map(code).join(', ')
          }),
        ]),
        ['API base URL', ...deployed.map((stage) => code(stages[stage].apiBaseUrl))],
        ['sign-in comes back to', ...deployed.map((stage) => code(`${hostUrl(stage)}/auth/callback`))],
        ['routing by default', ...deployed.map((stage) => code(stages[stage].routing))],
      ],
    ),
    resources: table(
      ['', ...deployed],
      [
        [
          'stacks',
          ...deployed.map((stage) =>
            (['backend', 'site'] as const).map((part) => code(stackName(stage, part))).join(' '),
          ),
        ],
        ...zones.map(({ name }) => [
          `files of ${name}`,
          ...deployed.map((stage) => code(assetBucketName(stage, name))),
        ]),
        ...functionsOfStage('develop').map(({ role }, i) => [
          role,
          ...deployed.map((stage) => code(functionsOfStage(stage)[i]?.functionName ?? '')),
        ]),
      ],
    ),
    secrets: table(
      ['secret', 'what it is', 'read by'],
      secretNames.map((name) => [
        code(secretId('develop', name).replace('develop', '<stage>')),
        secrets[name].what,
        functionsOfStage('develop')
          .filter(({ kind }) => secrets[name].readers.includes(kind))
          .map(({ role }) => role)
          .join(', '),
      ]),
    ),
  }
}

/**
 * The document with its generated parts as they are today. A part stands between `<!-- names -->` and `<!-- /names -->`.
 * @throws Error naming a part that the document has no place for
 */
export function withGeneratedBlocks(document: string): string {
  return Object.entries(generatedBlocks()).reduce((text, [name, block]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)
    if (!place.test(text)) throw new Error(`the document has no place for "${name}"`)
    return text.replace(place, (_all, begin: string, end: string) => `${begin}\n${block}\n\n${end}`)
  }, document)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
