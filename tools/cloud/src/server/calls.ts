/** A call that arrived, and what it was answered, if it was. Holds no body, no secret value and no signature. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly service: string
  /** Name of the operation; method and path where the service is not known here. */
  readonly action: string
  /** Undefined: the request was not signed, or by nobody known. */
  readonly accountId?: string
  readonly region: string
  /** Names and identifiers that were given: what was asked for, never what was written into it. */
  readonly parameters: Readonly<Record<string, string>>
  /** HTTP status; 0 while no answer was given, and for ever when a fault cut the connection. */
  readonly status: number
  /** Error code of a refusal. */
  readonly code?: string
  /** Whether the operation would change anything. A refused call of such an operation counts as well. */
  readonly changes: boolean
}

/** Operations that change nothing, by how their name begins. */
const LOOKING =
  /^(Get|List|Describe|Head|Lookup|Search|Select|Filter|Validate|Estimate|Detect|Test|Simulate|Query|BatchGet|AssumeRole|Decode)/

/** Whether an operation changes anything in the account. */
export function changesSomething(action: string, parameters: Readonly<Record<string, string>>): boolean {
  if (/^(GET|HEAD) /.test(action)) return false
  return !LOOKING.test(action) && parameters.DryRun !== 'true'
}
