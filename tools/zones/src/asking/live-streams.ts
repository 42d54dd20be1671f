/** A log group, by the role of the function it belongs to. */
export interface RoleGroup {
  readonly role: string
  readonly group: string
  /** The functions that write into it. */
  readonly writers: readonly { readonly name: string; readonly role: string }[]
}

/**
 * `2026/11/28/[12]0a1b…`, and in a group that several functions write into `2026/11/28/name[12][0a1b…]`.
 * @source AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs" (log stream names, custom log groups)
 */
const STREAM = /^\d{4}\/\d{2}\/\d{2}\/([^[\]]*)\[(\$LATEST|\d+)\]/

/** Role of the function that wrote a stream of a group. Undefined: of no version that people reach. */
export function liveWriters(
  live: ReadonlyMap<string, readonly string[]>,
): (group: RoleGroup, stream: string) => string | undefined {
  return ({ group, role, writers }, stream) => {
    const [, named = '', version = ''] = STREAM.exec(stream) ?? []
    const name = named === '' ? group.slice(group.lastIndexOf('/') + 1) : named
    if (live.get(name)?.includes(version) !== true) return undefined
    return writers.find((one) => one.name === name)?.role ?? role
  }
}
