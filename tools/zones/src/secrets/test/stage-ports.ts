import { parseAccountFacts } from '@sax/infra/account-facts'
import type { FactsFile } from '../../infra/facts-file.ts'
import type { Person } from '../person.ts'

/** Invented facts of the stage that these tests are about. */
export const facts = parseAccountFacts(
  JSON.stringify({
    accountId: '111122223333',
    hostedZones: { 'mydreamconnect.com': 'Z0123456789EXAMPLE01' },
    auth0: { domain: 'acme.us.auth0.com', clientId: 'abcdefghijklmnopqrstuvwxyz012345' },
    twilio: {
      accountSid: 'AC00000000000000000000000000000001',
      messagingServiceSid: 'MG00000000000000000000000000000001',
    },
    alarmEmails: ['alarms@example.test'],
    monthlyBudgetUsd: 500,
  }),
)

export const shownFacts = 'packages/topology/accounts/develop.json'

/** Ports of a stage whose account is the one of the credentials, unless told otherwise. */
export function stagePorts(accountId = '111122223333', file: FactsFile = { kind: 'facts', facts, shown: shownFacts }) {
  return { facts: () => file, identity: { accountId: async () => accountId } }
}

export interface ScriptedPerson extends Person {
  /** Everything the person was shown. */
  readonly shown: string[]
}

/** A person who types these values in turn and agrees to everything, or to nothing. Typing nothing more means leaving. */
export function person(typed: readonly string[], { agrees = true, piped = '', present = true } = {}): ScriptedPerson {
  const shown: string[] = []
  const rest = [...typed]
  return {
    shown,
    present,
    async hidden(question, faultOf) {
      shown.push(question)
      for (let value = rest.shift(); value !== undefined; value = rest.shift()) {
        const fault = faultOf(value)
        if (fault === undefined) return value
        shown.push(fault)
      }
      return undefined
    },
    async agrees(question) {
      shown.push(question)
      return agrees
    },
    piped: async () => piped,
  }
}
