import Table from 'cli-table3'
import { plainTable } from '../report/plain-table.ts'
import type { Palette } from '../report/table.ts'
import type { AgreementReport, SecretReport } from './agreement-report.ts'
import { duration } from './duration.ts'
import { shown } from './fingerprint.ts'

const rotationWords: Readonly<Record<SecretReport['rotation'], string>> = {
  none: '',
  prepared: ', a next value is accepted too',
  changed: ', the value before is accepted too',
}

/** The report for a terminal: each secret with those who read it, then what does not hold. */
export function agreementText(report: AgreementReport, palette: Palette): string {
  return [
    ...report.secrets.flatMap((secret) => [
      palette.bold(`${secret.name}: ${storedValue(secret)}`),
      ...(secret.readers.length === 0 ? [] : [readers(secret, palette)]),
    ]),
    '',
    ...report.disagreements.map(({ about, why, next }) => `${palette.red('✗')} ${about} ${why}.\n  Next: ${next}`),
    ...report.notes.map((note) => `${palette.yellow('!')} ${note}`),
    palette.dim('Equal fingerprints mean equal values. They are made under a key of this run alone.'),
    ...(report.agrees ? [palette.green(`All that read a secret of ${report.stage} read the same one.`)] : []),
  ].join('\n')
}

function readers({ readers }: SecretReport, palette: Palette): string {
  const table = new Table({ ...plainTable, colWidths: [58, 12, 10, 18] })
  for (const { functionName, version, fingerprint, fault } of readers) {
    const agrees = fault === undefined && fingerprint !== undefined
    table.push([
      functionName,
      palette.dim(`version ${version}`),
      fingerprint === undefined ? palette.dim('no value') : shown(fingerprint),
      agrees
        ? palette.green('this very secret')
        : palette.red(fault === undefined ? 'nothing to read' : 'not this secret'),
    ])
  }
  return table.toString()
}

function storedValue({ value, ageSec, rotation }: SecretReport): string {
  switch (value) {
    case 'no secret':
      return 'is not there'
    case 'none':
      return 'has no value'
    case 'unusable':
      return 'has a value that is not usable'
    case 'usable':
      return `value is ${duration(ageSec ?? 0)} old${rotationWords[rotation]}`
  }
}

/** The same for programs. Fingerprints are cut to what a terminal shows. */
export function agreementJson(report: AgreementReport): string {
  const secrets = report.secrets.map((secret) => ({
    ...secret,
    readers: secret.readers.map((reader) => ({
      ...reader,
      fingerprint: reader.fingerprint === undefined ? undefined : shown(reader.fingerprint),
    })),
  }))
  return JSON.stringify({ ...report, secrets }, null, 2)
}
