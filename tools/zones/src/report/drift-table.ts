import Table from 'cli-table3'
import type { Colors } from 'picocolors/types'
import type { StackDrift } from '../plan/drift.ts'
import { fitting, plainTable } from './plain-table.ts'

/** What is not as the templates say, resource by resource. */
export function driftTable(stacks: readonly StackDrift[], palette: Colors): string {
  const drifted = stacks.flatMap((stack) => stack.drifted)
  const conclusion =
    drifted.length === 0
      ? palette.green('Nothing of what can be compared was changed by hand.')
      : palette.red(
          `${drifted.length} resource${drifted.length === 1 ? ' was' : 's were'} changed outside these commands. Change them back where it was done, or put the change into infra/ and apply it.`,
        )
  return [...stacks.map((stack) => stackText(stack, palette)), conclusion].join('\n\n')
}

const WIDTHS = [9, 34, 40, 24, 24] as const

function stackText(
  { stackName, drifted, inSync, ofReleases, notChecked }: StackDrift,
  { bold, dim, red }: Colors,
): string {
  const table = new Table({
    ...plainTable,
    head: ['', 'resource', 'what', 'template', 'live'].map(dim),
    colWidths: [...WIDTHS],
  })
  for (const { logicalId, type, kind, findings } of drifted) {
    const resource = `${logicalId}\n${dim(type.replace(/^AWS::/, ''))}`
    if (kind === 'deleted') table.push([red('deleted'), resource, 'it is no longer there', '', ''])
    for (const [i, { where, expected, actual }] of kind === 'deleted' ? [] : findings.entries()) {
      table.push([
        i === 0 ? red('changed') : '',
        i === 0 ? resource : '',
        fitting(where, WIDTHS[2]),
        fitting(expected, WIDTHS[3]),
        fitting(actual, WIDTHS[4]),
      ])
    }
  }
  const left = [
    ...(ofReleases > 0 ? [`${ofReleases} that releases make`] : []),
    ...(notChecked.length > 0
      ? [`not compared: ${notChecked.map((type) => type.replace(/^AWS::/, '')).join(', ')}`]
      : []),
  ]
  return [
    `${bold(stackName)}: ${drifted.length} drifted, ${inSync} as they should be`,
    ...(drifted.length > 0 ? [table.toString()] : []),
    ...(left.length > 0 ? [dim(left.join('; '))] : []),
  ].join('\n')
}
