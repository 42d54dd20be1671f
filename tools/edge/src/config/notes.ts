import type { ConfigurationFault, Report } from './configuration-error.ts'

/** Reports with the place filled in: the distribution, the behaviour, the property's path. */
export interface Notes {
  readonly where: string
  readonly error: (code: ConfigurationFault, subject: string, property: string, message: string) => void
  readonly information: (subject: string, property: string, message: string, code?: ConfigurationFault) => void
  /** The same for one behaviour. */
  readonly forBehavior: (pattern: string, where: string) => Notes
}

export function notesAt(report: Report, distribution: string, where: string, behavior?: string): Notes {
  const at = { distribution, behavior }
  return {
    where,
    error: (code, subject, property, message) =>
      report({ ...at, code, severity: 'error', subject, where: `${where}${property}`, message }),
    information: (subject, property, message, code = 'not_simulated') =>
      report({ ...at, code, severity: 'information', subject, where: `${where}${property}`, message }),
    forBehavior: (pattern, below) => notesAt(report, distribution, below, pattern),
  }
}
