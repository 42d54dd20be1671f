import type { FunctionKind, StageFunction } from '@sax/infra/functions'
import { type SecretName, secretNames, secrets } from '@sax/infra/secrets'
import { type AgreementFacts, isSecretId, valuesAt } from './agreement-facts.ts'
import type { Disagreement } from './agreement-report.ts'
import { releaseAgain } from './secret-report.ts'

/** Names under which people put values; `…_SECRET_ID` holds a name. */
const VALUE_NAME = /(^|_)(SECRET|TOKEN|PASSWORD)(_PREVIOUS|_NEXT|_OLD)?$/

/** The host's own variable for what encrypts its session. No zone has a use for it. */
const SESSION_VARIABLE = 'AUTH0_SECRET'
const hostKind: FunctionKind = 'host-pages'

/**
 * What functions hold that they should not: values, which a version keeps and a rollback brings back, and names of secrets
 * that are none of their business. Says where, never what.
 */
export function environmentFaults(facts: AgreementFacts): readonly Disagreement[] {
  const values = new Map<string, SecretName>()
  for (const [name, fields] of Object.entries(valuesAt(facts)) as readonly [
    SecretName,
    Readonly<Record<string, string>>,
  ][]) {
    for (const [field, value] of Object.entries(fields)) if (field !== 'apiKeySid') values.set(value, name)
  }
  return facts.functions.flatMap(({ fn, versions = [] }) =>
    versions.flatMap(({ version, variables }) =>
      Object.entries(variables).flatMap(([variable, value]) => {
        const why = faultOf(fn, variable, value, values)
        const about = `${fn.functionName}, version ${version},`
        return why === undefined ? [] : [{ about, why, next: releaseAgain(facts.stage) }]
      }),
    ),
  )
}

function faultOf(
  { kind }: StageFunction,
  variable: string,
  value: string,
  values: ReadonlyMap<string, SecretName>,
): string | undefined {
  const carried = values.get(value)
  if (carried !== undefined) return `carries the value of ${carried} in ${variable}`
  if (variable === SESSION_VARIABLE && kind !== hostKind) return `has ${variable}, which is the host's alone`
  const named = secretNames.find((name) => secrets[name].variable === variable)
  if (named !== undefined && !secrets[named].readers.includes(kind))
    return `is told where ${named} is, which it has no use for`
  if (VALUE_NAME.test(variable) && value !== '' && !isSecretId(value)) return `carries a value in ${variable}`
  return undefined
}
