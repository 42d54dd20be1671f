import Table from 'cli-table3'
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
  const table = new Table({
    head: ['secret and reader', 'version', 'names', 'fingerprint', ''],
    style: { head: [], border: [] },
  })
  for (const secret of report.secrets) {
    table.push([{ colSpan: 5, content: palette.bold(`${secret.name}: ${storedValue(secret)}`) }])
    for (const { functionName, version, secretId, fingerprint, fault } of secret.readers) {
      const verdict =
        fault === undefined && fingerprint !== undefined ? palette.green('same') : palette.red('not the same')
      const print = fingerprint === undefined ? 'none' : shown(fingerprint)
      table.push([`  ${functionName}`, version, secretId ?? 'no secret', print, verdict])
    }
  }
  return [
    table.toString(),
    ...report.disagreements.map(({ about, why, next }) => `${palette.red('✗')} ${about} ${why}.\n  Next: ${next}`),
    ...report.notes.map((note) => `${palette.yellow('!')} ${note}`),
    palette.dim('Fingerprints are made under a key of this run alone; equal ones mean equal values.'),
    report.agrees
      ? palette.green(`All that read a secret of ${report.stage} read the same one.`)
      : palette.red(`${report.disagreements.length} things do not hold in ${report.stage}.`),
  ].join('\n')
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
