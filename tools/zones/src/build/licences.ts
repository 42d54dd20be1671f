import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageInside } from './packages-inside.ts'

const LICENCE = /^(licen[cs]e|copying|notice)([-.].*)?$/i

/** The licences of what is inside, one after the other, as most of them ask to be handed on. */
export function licencesText(root: string, inside: readonly PackageInside[]): string {
  return inside
    .map(({ name, version, license, folder }) => {
      const texts = licenceFiles(join(root, folder)).map((file) =>
        readFileSync(join(root, folder, file), 'utf8').trim(),
      )
      const body = texts.length === 0 ? 'Its package brings no text of its licence.' : texts.join('\n\n')
      return `${'='.repeat(80)}\n${name} ${version}: ${license ?? 'no licence named'}\n${'='.repeat(80)}\n\n${body}\n`
    })
    .join('\n')
    .replaceAll('\r\n', '\n')
}

function licenceFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && LICENCE.test(entry.name))
      .map(({ name }) => name)
      .toSorted()
  } catch {
    // Optional and for another system: named in the lock file, and not installed here.
    return []
  }
}
