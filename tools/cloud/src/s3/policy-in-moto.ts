/** moto knows no such action, so a statement about it says nothing there. */
const HELD = 'over-tls-only:'

/**
 * A bucket policy as moto may have it. moto looks at no condition, and would deny everything to everybody where a policy
 * denies what does not come over TLS. Every call to this cloud counts as coming over TLS, so such statements wait, with
 * their actions under a name that nobody has.
 * @source moto 5.2.1, moto/s3/models.py (FakeBucket.get_permission)
 */
export function policyForMoto(policy: string): string {
  const document = parsed(policy)
  if (document === undefined || !Array.isArray(document.Statement)) return policy
  const Statement = document.Statement.map((one: unknown) =>
    isRecord(one) && deniesWithoutTls(one) ? { ...one, Action: held(one.Action) } : one,
  )
  return JSON.stringify({ ...document, Statement })
}

/** The policy as it was given. */
export function policyFromMoto(policy: string): string {
  return policy.replaceAll(`"${HELD}`, '"')
}

function deniesWithoutTls({ Effect, Condition }: Readonly<Record<string, unknown>>): boolean {
  if (Effect !== 'Deny' || !isRecord(Condition) || !isRecord(Condition.Bool)) return false
  const wanted = Object.entries(Condition.Bool).find(([key]) => key.toLowerCase() === 'aws:securetransport')?.[1]
  return Object.keys(Condition).length === 1 && Object.keys(Condition.Bool).length === 1 && String(wanted) === 'false'
}

function held(action: unknown): unknown {
  return Array.isArray(action) ? action.map(held) : typeof action === 'string' ? `${HELD}${action}` : action
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
