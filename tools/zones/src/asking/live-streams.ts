/** A log group, by the role of the function it belongs to. */
export interface RoleGroup {
  readonly role: string
  readonly group: string
}

/**
 * `2026/11/28/[12]0a1b…`, and in a group that several functions write into `2026/11/28/name[12][0a1b…]`.
 * @source AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs" (log stream names, custom log groups)
 */
const STREAM = /^\d{4}\/\d{2}\/\d{2}\/([^[\]]*)\[(\$LATEST|\d+)\]/

/** Whether a stream of a role's group was written by a version that people reach. */
export function liveStreams(
  live: ReadonlyMap<string, readonly string[]>,
  groups: readonly RoleGroup[],
): (role: string, stream: string) => boolean {
  return (role, stream) => {
    const [, named = '', version = ''] = STREAM.exec(stream) ?? []
    const group = groups.find((one) => one.role === role)?.group ?? ''
    const name = named === '' ? group.slice(group.lastIndexOf('/') + 1) : named
    return live.get(name)?.includes(version) ?? false
  }
}
